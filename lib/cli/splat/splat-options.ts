/** The options of `lab splat`. */
export interface SplatOptions {
  readonly json?: boolean;
  readonly brief?: boolean;
  readonly cell?: boolean;
  readonly draw?: string;
  readonly group?: boolean;
  readonly c?: boolean;
  readonly premises?: boolean;
  readonly timeline?: boolean;
}
