import fc from "./chance.js";

/** What means something in one of the forms of a report, or to a terminal. */
const SIGNS = [
  "</script>",
  "<img src=x onerror=alert(1)>",
  "<!--",
  "-->",
  "]]>",
  "&lt;",
  "&amp;",
  '"',
  "'",
  "`",
  "```",
  "$`",
  "|",
  "\\|",
  "**",
  "](javascript:alert(1))",
  "@all",
  "\n/close\n",
  "\r\n## head",
  "\u001b[31m",
  "\u009b2J",
  "\u0000",
  "\u202e",
  "\u200b",
  "\u2028",
  "\ufffe",
  "\ud800",
  "\u{e0041}",
  " ",
];

/** Texts as somebody may have put them into GitLab or a file, to break a report. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ unit: "binary", maxLength: 6 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""));
