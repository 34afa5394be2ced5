// Draws the process map from the two tables of its figure, so that picture and tables cannot differ. Without it the tables are all there is, and enough.
import { Graph, layout } from "asset:dagre.js";

const svgns = "http://www.w3.org/2000/svg";
const nodeWidth = 190;
const lineHeight = 18;
const mostAtFirst = 24;

const make = (name, attributes, text) => {
  const element = document.createElementNS(svgns, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
};

/** A name in lines that fit a box; what is longer than three ends with an ellipsis. */
function lines(text) {
  const out = [""];
  for (const word of text.split(/\s+/)) {
    const last = out.at(-1);
    if (last && (last + " " + word).length > 24) out.push(word);
    else out[out.length - 1] = last ? last + " " + word : word;
  }
  const cut = out.map(l => l.length > 26 ? l.slice(0, 25) + "…" : l);
  return cut.length > 3 ? [...cut.slice(0, 2), cut[2].slice(0, 23) + "…"] : cut;
}

function read(figure) {
  const activities = [...figure.querySelectorAll("#flow-activities tbody tr")].map(row => ({
    id: row.dataset.activity, name: row.cells[0].textContent.trim(), times: row.cells[1].textContent.trim(), size: Number(row.dataset.times || 0)
  }));
  const paths = [...figure.querySelectorAll("#flow-paths tbody tr")].map(row => ({
    from: row.dataset.from ?? "start", to: row.dataset.to ?? "end", size: Number(row.dataset.times), times: row.cells[2].textContent.trim(), median: row.dataset.median ?? ""
  }));
  return { activities, paths };
}

/** The most frequent ways that together make the share, and with them for each activity its most frequent way in and out, so that nothing hangs in the air. */
function chosen(paths, share) {
  const inner = [...paths].sort((a, b) => b.size - a.size);
  const whole = inner.reduce((sum, p) => sum + p.size, 0);
  const kept = new Set();
  let sum = 0;
  for (const path of inner) {
    if (kept.size > 0 && sum >= whole * share) break;
    kept.add(path);
    sum += path.size;
  }
  const most = (end, id) => inner.find(p => p[end] === id && p.from !== p.to);
  const open = [...kept].flatMap(p => [p.from, p.to]);
  const seen = new Set();
  while (open.length > 0) {
    const id = open.pop();
    if (seen.has(id)) continue;
    seen.add(id);
    for (const path of [id === "start" ? null : most("to", id), id === "end" ? null : most("from", id)]) {
      if (!path || kept.has(path)) continue;
      kept.add(path);
      open.push(path.from, path.to);
    }
  }
  return { paths: paths.filter(p => kept.has(p)), share: whole ? [...kept].reduce((s, p) => s + p.size, 0) / whole : 0 };
}

function arranged(data, kept) {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 54, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  const used = new Set(kept.flatMap(p => [p.from, p.to]));
  for (const activity of data.activities) {
    if (!used.has(activity.id)) continue;
    const text = lines(activity.name);
    graph.setNode(activity.id, { width: nodeWidth, height: (text.length + 1) * lineHeight + 16, text, activity });
  }
  if (used.has("start")) graph.setNode("start", { width: 70, height: 34, text: ["Start"] });
  if (used.has("end")) graph.setNode("end", { width: 70, height: 34, text: ["End"] });
  for (const path of kept) {
    if (!graph.hasNode(path.from) || !graph.hasNode(path.to)) continue;
    const label = path.median ? `${path.times} · ${path.median}` : path.times;
    graph.setEdge(path.from, path.to, { width: label.length * 7 + 8, height: 20, labelpos: "c", weight: 1 + Math.round(4 * path.size / kept[0].size), label, path });
  }
  layout(graph);
  return graph;
}

/** A curve through the points that the layout gives. */
function curve(points) {
  const [first, ...rest] = points;
  let d = `M${first.x},${first.y}`;
  for (let i = 0; i < rest.length - 1; i++) {
    const middle = { x: (rest[i].x + rest[i + 1].x) / 2, y: (rest[i].y + rest[i + 1].y) / 2 };
    d += ` Q${rest[i].x},${rest[i].y} ${middle.x},${middle.y}`;
  }
  const last = rest.at(-1);
  return d + ` L${last.x},${last.y}`;
}

/** Back to the same box: out above the label and in again below it. */
function loop(node, edge) {
  const right = node.x + node.width / 2;
  const far = edge.x + edge.width / 2 + 20;
  return `M${right},${node.y - 8} C${far},${node.y - 42} ${far},${node.y + 42} ${right},${node.y + 8}`;
}

function drawn(graph, largest) {
  const { width, height } = graph.graph();
  const svg = make("svg", { width: Math.ceil(width), height: Math.ceil(height), viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, class: "app-flow__map", "aria-hidden": "true", focusable: "false" });
  const arrow = make("marker", { id: "flow-arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" });
  arrow.append(make("path", { d: "M0,0 L10,5 L0,10 z", class: "app-flow__arrow" }));
  const defs = make("defs", {});
  defs.append(arrow);
  svg.append(defs);
  const edges = graph.edges().map(e => graph.edge(e));
  for (const edge of edges) {
    const line = make("path", { d: edge.path.from === edge.path.to ? loop(graph.node(edge.path.from), edge) : curve(edge.points), class: "app-flow__line", "stroke-width": (1 + 5 * edge.path.size / largest).toFixed(1), "marker-end": "url(#flow-arrow)" });
    svg.append(line);
  }
  for (const edge of edges) {
    svg.append(make("rect", { x: edge.x - edge.width / 2, y: edge.y - 10, width: edge.width, height: 20, class: "app-flow__behind" }));
    svg.append(make("text", { x: edge.x, y: edge.y + 4, class: "app-flow__label" }, edge.label));
  }
  for (const id of graph.nodes()) {
    const node = graph.node(id);
    const box = make("g", {});
    box.append(make("rect", { x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height, rx: node.activity ? 0 : 17, class: node.activity ? "app-flow__box" : "app-flow__end" }));
    const text = node.activity ? [...node.text, node.activity.times] : node.text;
    for (const [i, line] of text.entries()) {
      box.append(make("text", { x: node.x, y: node.y - (text.length - 1) * lineHeight / 2 + i * lineHeight + 5, class: node.activity && i < node.text.length ? "app-flow__name" : node.activity ? "app-flow__times" : "app-flow__name app-flow__name--end" }, line));
    }
    if (node.activity) box.append(make("title", {}, `${node.activity.name}: ${node.activity.times}`));
    svg.append(box);
  }
  return svg;
}

/** Made smaller to fit the page, as long as it can still be read; beyond that it scrolls. */
function fitted(svg, room) {
  const width = Number(svg.getAttribute("width"));
  const scale = Math.max(0.7, Math.min(1, room / width));
  svg.setAttribute("width", Math.floor(width * scale));
  svg.setAttribute("height", Math.floor(Number(svg.getAttribute("height")) * scale));
  return svg;
}

function start(figure) {
  const data = read(figure);
  const canvas = figure.querySelector(".app-flow__canvas");
  const slider = figure.querySelector("#flow-share");
  if (data.paths.length === 0 || !canvas || !slider) return;
  const largest = Math.max(...data.paths.map(p => p.size));
  const draw = () => {
    const kept = chosen(data.paths, Number(slider.value) / 100);
    const graph = arranged(data, kept.paths);
    canvas.replaceChildren(fitted(drawn(graph, largest), canvas.clientWidth));
    const shown = kept.paths.length === data.paths.length ? `All ${data.paths.length}` : `The ${kept.paths.length} most frequent of ${data.paths.length}`;
    figure.querySelector("#flow-share-said").textContent = `${slider.value}%`;
    figure.querySelector("#flow-said").textContent = `${shown} ways are drawn; they are ${Math.round(100 * kept.share)}% of all that was done one after the other. Beside each: how often, and the median time. The wider the line, the more often.`;
  };
  // As much as a person can take in at first.
  let share = 100;
  while (share > 10 && chosen(data.paths, share / 100).paths.length > mostAtFirst) share -= 5;
  slider.value = share;
  figure.querySelector(".app-flow__tools").hidden = false;
  canvas.hidden = false;
  draw();
  let waiting = 0;
  slider.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
  });
}

for (const figure of document.querySelectorAll("[data-flow]")) start(figure);
