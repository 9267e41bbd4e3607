// A figure with sliders: (place, model) => void, where place is an element and model
//   {id, session, missing, sliders: [{label, values, texts, start}], figure, grid, script}
// as ExplorableView.java writes it. Figures come, in this order, from the page's own script, from Java by the
// bridge of the notebook's kernel, or from the grid that Java computed beforehand.
(place, model) => {
  const PATIENCE = 250; // ms; a kernel that runs a cell answers when it is done, and so long the grid stands in
  const sliders = model.sliders;
  const range = (n) => Array.from({ length: n }, (_, i) => i);
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const html = (text) =>
    String(text).replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c])
      .replace(/10\^-([0-9.]*[0-9])/g, "10<sup>−$1</sup>")
      .replace(/10\^([0-9.]*[0-9])/g, "10<sup>$1</sup>");

  const plain = (text) => String(text ?? "").replace(/<[^>]*>/g, "");

  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return (await new Response(stream).text()).split("\n");
  };
  let unpacked;
  // As Java answers: {figure}, or {error} where there is none.
  const fromGrid = async (stops) => {
    unpacked ??= unpack(model.grid.points);
    let index = 0;
    stops.forEach((stop, i) => (index = index * model.grid.stops[i].length + nearest(model.grid.stops[i], stop)));
    const change = JSON.parse((await unpacked)[index]), start = model.figure;
    if (change.error !== undefined) return change;
    return {
      figure: {
        data: change.data.map((trace, i) => ({ ...(change.alike && start.data[i]), ...trace })),
        layout: { ...start.layout, ...change.layout },
      },
    };
  };
  const nearest = (stops, stop) =>
    stops.reduce((best, s, i) => (Math.abs(s - stop) < Math.abs(stops[best] - stop) ? i : best), 0);

  const script = model.script && (0, eval)(`(${model.script})`);
  const bridge = () => window.explrBridges?.get(model.session);

  // Which stops each slider can stand at now, and at which it stands.
  const stopsOf = (i) => (model.grid && !bridge() ? model.grid.stops[i] : range(sliders[i].values.length));
  const standing = sliders.map((slider) => slider.start);

  const controls = sliders.map((slider, i) => {
    const input = element("input", { type: "range", min: 0, step: 1, id: `${model.id}-${i}` });
    const text = element("output", { htmlFor: input.id });
    // JupyterLab would take arrow keys for its own.
    input.setAttribute("data-lm-suppress-shortcuts", "true");
    input.addEventListener("input", () => {
      standing[i] = stopsOf(i)[input.value];
      show(i);
      redraw();
    });
    return { input, text, label: element("label", { htmlFor: input.id, innerHTML: html(slider.label) }) };
  });
  const show = (i) => {
    const { input, text } = controls[i], stops = stopsOf(i);
    input.max = stops.length - 1;
    input.value = nearest(stops, standing[i]);
    standing[i] = stops[input.value];
    text.innerHTML = html(sliders[i].texts[standing[i]]);
    input.setAttribute("aria-valuetext", sliders[i].texts[standing[i]]);
  };

  const drawing = element("div", { className: "explr-drawing" });
  drawing.setAttribute("role", "img");
  // A scripted figure is drawn at every move. Its texts stand still, and so do its margins: the page sets them once,
  // over the drawing, since laying them out anew would take Plotly a quarter of each redraw.
  const texts = element("div", { className: "explr-texts" });
  const setTexts = ({ annotations, font, margin: { l, r, t, b } }) => {
    Object.assign(texts.style, { color: font.color, fontFamily: font.family });
    texts.replaceChildren(...annotations.map(({ text, x, y, font: { size } }) => {
      const note = element("div", { innerHTML: text });
      Object.assign(note.style, {
        fontSize: `${size}px`,
        left: `calc(${l}px + ${x} * (100% - ${l + r}px))`,
        bottom: `calc(${b}px + ${y} * (100% - ${t + b}px))`,
      });
      return note;
    }));
  };
  // The picture that a reader saves has the texts, too.
  const camera = (annotations) => ({
    name: "image", title: "Download plot as a PNG", icon: plotly.Icons.camera,
    click: () => plotly.downloadImage(
      { data: drawing.data, layout: { ...drawing.layout, annotations } },
      { format: "png", width: drawing.offsetWidth, height: drawing.offsetHeight, filename: "figure" }),
  });
  const configuration = ({ annotations }) => ({
    responsive: true, displaylogo: false,
    ...(script && { modeBarButtonsToRemove: ["toImage"], modeBarButtonsToAdd: [camera(annotations)] }),
  });
  const reading = element("table", { className: "explr-reading" });
  const caption = element("p");
  const note = element("p", { className: "explr-note" });
  note.setAttribute("aria-live", "polite");
  const refused = (message) => {
    note.textContent = message;
    note.classList.toggle("explr-refused", Boolean(message));
  };

  // Java's last answer that came after the grid had stood in for it, and the stops that it is for; the bridge over
  // which Java is asked now.
  let late, asking;
  const figureAt = async (stops) => {
    if (script) return { figure: script(stops.map((stop, i) => sliders[i].values[stop]), model.figure) };
    const line = bridge();
    if (!line) return { ...(await fromGrid(stops)), note: "Values computed beforehand; with a running kernel Java computes more." };
    if (late?.stops === String(stops)) return late.answer;
    // One question at a time: a slow figure would else be asked for at every point that a slider passes.
    if (asking !== line) {
      asking = line;
      const asked = line.ask(model.id, stops).finally(() => asking === line && (asking = undefined));
      const first = await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
      if (first) return first;
      // Exactly this point may not be in the grid: the answer, when it comes, replaces what is shown meanwhile; if
      // the sliders have moved on, it is their turn to be asked for.
      asked.then((answer) => {
        late = { stops: String(stops), answer };
        redraw();
      });
    }
    return { ...(await fromGrid(stops)), note: "The kernel is busy; the nearest figure computed beforehand is shown." };
  };

  let plotly, drawn = false, busy = false, again = false;
  const plot = async ({ data, layout }) => {
    const plotted = script ? { ...layout, annotations: [] } : layout;
    // Given its configuration again, react would compare the two at every move.
    if (drawn) return plotly.react(drawing, data, plotted);
    if (script) setTexts(layout);
    await plotly.newPlot(drawing, data, plotted, configuration(layout));
    drawn = true;
    if (script) warmUp(20);
  };
  // Browsers compile what runs often: redraws in idle moments make a reader's first moves as quick as later ones.
  const warmUp = (times) =>
    window.requestIdleCallback?.(async () => {
      if (!busy) await plot((await figureAt([...standing])).figure);
      if (times > 1) warmUp(times - 1);
    });
  const draw = async () => {
    plotly ??= await window.explrPlotly();
    // Sliders may be moved on while this is asked for and drawn.
    const stops = [...standing];
    const answer = await figureAt(stops);
    refused(answer.error ?? answer.note ?? "");
    if (answer.error) return;
    await plot(answer.figure);
    const { layout } = answer.figure;
    drawing.setAttribute("aria-label", layout.meta?.alt || plain(layout.title?.text ?? layout.title) || "Figure");
    caption.innerHTML = html(layout.meta?.caption ?? "");
    const rows = layout.meta?.readout ?? [];
    // The last text of a row takes the columns that the row leaves.
    const columns = Math.max(...rows.map((row) => row.length));
    reading.innerHTML = rows
      .map(([name, ...cells]) => {
        const last = `<td colspan="${columns - cells.length}">`;
        const texts = cells.map((c, i) => `${i + 1 < cells.length ? "<td>" : last}${html(c)}</td>`);
        return `<tr><th scope="row">${html(name)}</th>${texts.join("")}</tr>`;
      })
      .join("");
    place.dispatchEvent(new CustomEvent("explr-drawn", { detail: { stops } }));
  };
  // While one figure is drawn, any number of moves ask for one more, of where the sliders stand then.
  const redraw = async () => {
    again = true;
    if (busy) return;
    busy = true;
    try {
      while (again) {
        again = false;
        await draw();
      }
    } catch (error) {
      refused(String(error.message ?? error));
    } finally {
      busy = false;
    }
  };

  place.replaceChildren(
    element("style", { textContent: model.style }),
    element("div", { className: "explr-controls" }, ...controls.flatMap(({ label, input, text }) => [label, input, text])),
    element("div", { className: "explr-figure" }, drawing, texts), note, reading, caption,
  );
  sliders.forEach((_, i) => show(i));
  // The still figure above is for pages where no script runs, as in a notebook that is not trusted.
  const still = place.closest(".jp-OutputArea-child")?.previousElementSibling;
  if (still?.querySelector(".jp-RenderedPlotly")) still.style.display = "none";

  if (!script) {
    const changed = () => {
      if (!place.isConnected) return window.removeEventListener("explr-bridge", changed);
      late = undefined;
      sliders.forEach((_, i) => show(i));
      if (drawn) redraw();
    };
    window.addEventListener("explr-bridge", changed);
  }
  if (window.explrPlotly) redraw();
  else {
    refused(model.missing);
    window.addEventListener("explr-plotly", redraw, { once: true });
  }
}
