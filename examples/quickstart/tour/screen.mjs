// What the tour shows: colour on a terminal, plain lines elsewhere.
const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;

const paint = (code) => (text) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = paint(1);
const dim = paint(2);
const red = paint(31);
const green = paint(32);
const cyan = paint(36);

const print = (text) => process.stdout.write(`${text}\n`);

export const say = {
  title: (text) => print(`\n${bold(text)}`),
  step: (number, text) => print(`\n${bold(cyan(`${number}  ${text}`))}`),
  text: (text) => print(`   ${text}`),
  command: (text) => print(`\n   ${bold(`$ ${text}`)}`),
  output: (line) => print(dim(`   │ ${line}`)),
  held: (text) => print(`   ${green("✓")} ${text}`),
  failed: (text, why) => print(`   ${red("✗")} ${text}: ${why}`),
  failure: (text) => process.stderr.write(`${red("The tour stopped:")} ${text}\n`),
};
