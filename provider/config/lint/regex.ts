/**
 * Why a text is no regular expression of Go, told without its engine: Go knows inline flags, named groups and POSIX
 * classes of its own, and neither look-around nor back-references.
 */
export function checkRegex(text: string): string[] {
  if (/\(\?(=|!|<=|<!)|\\[1-9]/.test(text)) {
    return ["is no regular expression of Go: look-around and back-references are not known there"];
  }
  const translated = text
    .replace(/\(\?[imsU-]+\)/g, "")
    .replace(/\(\?[imsU-]+:/g, "(?:")
    .replace(/\(\?P</g, "(?<")
    .replace(/\[\[:\^?[a-z]+:\]/g, "[")
    .replace(/\[:\^?[a-z]+:\]/g, "x")
    .replace(/\\[AzQE]/g, "");
  try {
    new RegExp(translated);
    return [];
  } catch {
    return ["is no regular expression: look for brackets or repetitions that do not close"];
  }
}
