/** A file that cannot be used, with what is wrong in it; the command ends with status 1. */
export class FileError extends Error {
  override readonly name = "FileError";
}
