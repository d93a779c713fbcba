/** One line of a plot. */
export interface Line {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 60;
const RIGHT = 30;
const TOP = 30;
const BOTTOM = 50;

/** Of the lines in light and in dark. */
const COLORS = [
  ["#1f75cb", "#7db8f7"],
  ["#c24b00", "#f6a15b"],
  ["#217645", "#8fdca6"],
] as const;

const STYLE = `
text { fill: #333 } .ground { fill: #fff } .grid { stroke: #ddd }
${COLORS.map(([light], index) => paint(index, light)).join(" ")}
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .ground { fill: #1d2126 } .grid { stroke: #454d57 }
  ${COLORS.map(([, dark], index) => paint(index, dark)).join(" ")}
}`;

function paint(index: number, color: string): string {
  return `.line${index} { fill: ${color}; stroke: ${color} }`;
}

/** Seconds over the number of runners, both from 0 on, as a picture that needs nothing else. */
export function drawPlot(lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points);
  const [mostX, mostY] = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis] ?? 0))) as [number, number];
  // Above the lines there is room for their names.
  const top = roundUp(mostY * 1.2);
  const place: Place = {
    x: (value) => LEFT + (value / mostX) * (WIDTH - LEFT - RIGHT),
    y: (value) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM),
  };
  const sizes = [...new Set(points.map(([x]) => x))];
  const steps = [0, 0.25, 0.5, 0.75, 1].map((part) => part * top);
  const parts = [
    '<rect width="100%" height="100%" class="ground"/>',
    ...steps.map((step) => drawStep(step, place)),
    ...sizes.map((size) => text(size.toLocaleString("en"), [place.x(size), HEIGHT - BOTTOM + 20], "middle")),
    text("runners in one stack", [(WIDTH + LEFT - RIGHT) / 2, HEIGHT - 10], "middle"),
    text("seconds", [LEFT, TOP - 12], "middle"),
    ...lines.flatMap((line, index) => drawLine(line, place, index)),
  ];
  const title = lines.map(({ name }) => name).join(", ");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" ` +
    `font-family="sans-serif" font-size="12">\n<title>Seconds by number of runners: ${title}</title>\n` +
    `<style>${STYLE}\n</style>\n` +
    `${parts.join("\n")}\n</svg>\n`
  );
}

interface Place {
  x: (value: number) => number;
  y: (value: number) => number;
}

function drawStep(step: number, place: Place): string {
  const y = place.y(step).toFixed(1);
  const line = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}" class="grid"/>`;
  return line + text(String(Math.round(step * 10) / 10), [LEFT - 8, place.y(step) + 4], "end");
}

function drawLine({ name, points }: Line, place: Place, index: number): string[] {
  const style = `line${index % COLORS.length}`;
  const at = points.map(([x, y]) => [place.x(x).toFixed(1), place.y(y).toFixed(1)] as const);
  return [
    `<g class="${style}"><polyline points="${at.map((pair) => pair.join(",")).join(" ")}" style="fill: none" stroke-width="2"/>`,
    ...at.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5"/>`),
    `<rect x="${LEFT + 20}" y="${TOP + index * 20}" width="12" height="12"/></g>`,
    text(name, [LEFT + 40, TOP + 10 + index * 20], "start"),
  ];
}

function text(words: string, [x, y]: readonly [number, number], anchor: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
}

/** The next number whose quarters are easy to read. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((factor) => factor * unit).find((candidate) => candidate >= value) ?? value;
}
