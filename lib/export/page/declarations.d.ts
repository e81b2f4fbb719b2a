/** The declaration files that the language worker is bundled with, by their paths. */
declare module "lab:declarations" {
  const files: Readonly<Record<string, string>>;
  export default files;
}
