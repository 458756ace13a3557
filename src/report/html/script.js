(() => {
  "use strict";
  const form = document.getElementById("filters");
  if (!form) return;
  const findings = Array.from(document.querySelectorAll("article.finding"));
  const pages = Array.from(document.querySelectorAll("section.page"));
  const count = document.getElementById("count");
  const picked = (name) => (form.elements[name] ? form.elements[name].value : "");
  let current = null;

  const matches = (finding, severities, rule, page, author) =>
    severities.has(finding.dataset.severity) &&
    (!rule || finding.dataset.rule === rule) &&
    (!page || finding.parentElement.id === page) &&
    (!author || finding.parentElement.dataset.authors.split(" ").includes(author));

  const apply = () => {
    const boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const chosen = [picked("rule"), picked("page"), picked("author")];
    let shown = 0;
    for (const finding of findings) {
      const is = matches(finding, severities, ...chosen);
      finding.hidden = !is;
      shown += is ? 1 : 0;
    }
    for (const page of pages) page.hidden = !page.querySelector("article.finding:not([hidden])");
    count.textContent = shown + " of " + findings.length;
    document.getElementById("none").hidden = shown > 0;
  };

  const move = (step) => {
    const shown = findings.filter((finding) => !finding.hidden);
    if (shown.length === 0) return;
    const at = shown.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length;
    if (current) current.classList.remove("current");
    current = shown[next];
    current.classList.add("current");
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "center" });
  };

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("next").addEventListener("click", () => move(1));
  document.getElementById("previous").addEventListener("click", () => move(-1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
    if (event.key === "j" || event.key === "n") move(1);
    else if (event.key === "k" || event.key === "p") move(-1);
    else return;
    event.preventDefault();
  });
  apply();
})();
