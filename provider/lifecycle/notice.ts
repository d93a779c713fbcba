/**
 * Tells the user something that is no error. Pulumi shows what a provider prints, in a preview too; it has no other way
 * for a provider to warn.
 */
export function notify(line: string): void {
  console.log(line);
}
