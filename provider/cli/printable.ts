/** Somebody else's text, as it may stand on a terminal: in quotes, without what a terminal would obey or turn around. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Control characters that JSON leaves as they are, line ends of Unicode, and marks that change the direction of writing. */
const UNSAFE = /[\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
