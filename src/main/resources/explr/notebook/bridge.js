// The page's end of the line by which sliders ask Java: the script of a widget without a view (anywidget).
// Figures find it in window.explrBridges by their notebook's session; explr-bridge tells them that it came.
export default {
  initialize({ model }) {
    const session = model.get("session"), questions = new Map();
    const answered = ({ place, stops, ...answer }) => {
      const question = questions.get(place);
      // An answer that comes after the sliders were moved on is of no use.
      if (question?.stops === String(stops)) question.resolve(answer);
    };
    model.on("msg:custom", answered);
    const bridges = (window.explrBridges ??= new Map());
    bridges.set(session, {
      // Promises the figure of a place at these stops, as {figure}, or what is wrong, as {error}.
      ask(place, stops) {
        return new Promise((resolve) => {
          questions.set(place, { stops: String(stops), resolve });
          model.send({ place, stops });
        });
      },
    });
    window.dispatchEvent(new Event("explr-bridge"));
    return () => {
      model.off("msg:custom", answered);
      bridges.delete(session);
      window.dispatchEvent(new Event("explr-bridge"));
    };
  },
};
