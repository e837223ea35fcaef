// Draws each chart of a page from the data beside it. Words come from the server, colours from the
// page's custom properties; the table beside a chart says the same and needs no script.
(() => {
  "use strict";

  const LINE_HEIGHT = 34;
  const COLUMNS_HEIGHT = 210;
  const asks = (query) => window.matchMedia(query);
  const CALM = asks("(prefers-reduced-motion: reduce)");
  const CHANGES = [asks("(prefers-color-scheme: dark)"), asks("(prefers-contrast: more)"), CALM];

  const token = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const shortened = (name, length) =>
    name.length > length ? `${name.slice(0, length - 1)}…` : name;

  // A Chinese character is as wide as two letters.
  const fitting = (name, room) => {
    let width = 0;
    const letters = [...name];
    const end = letters.findIndex((letter) => {
      width += letter.codePointAt(0) > 0x2e7f ? 13 : 7;
      return width > room;
    });
    return end < 0 ? name : shortened(name, end);
  };

  const textStyle = () => ({ color: token("text"), fontFamily: token("font"), fontSize: 12 });

  const seriesOf = (data, isColumns) =>
    data.series.map((series, place) => ({
      type: "bar",
      name: series.name,
      data: series.values,
      barGap: data.overlaid ? "-100%" : "10%",
      barMaxWidth: 14,
      z: 2 + place,
      cursor: series.urls.length ? "pointer" : "default",
      itemStyle: { color: token(series.colour), borderRadius: 1 },
      emphasis: { itemStyle: { color: token(series.colour), opacity: 0.8 } },
      // At the end of the bar stands the whole, and before it the part, where there is one.
      label: {
        show: !isColumns && place === 0,
        position: "right",
        ...textStyle(),
        formatter: ({ dataIndex }) =>
          data.series
            .map((one) => one.values[dataIndex])
            .filter((value, nth) => nth === 0 || value)
            .reverse()
            .join(" / "),
      },
    }));

  const optionOf = (data, room) => {
    const isColumns = data.direction === "columns";
    const names = {
      type: "category",
      data: data.names,
      inverse: !isColumns,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token("line") } },
      axisLabel: {
        ...textStyle(),
        hideOverlap: true,
        formatter: (name) => (isColumns ? name : fitting(name, room)),
      },
    };
    const values = {
      type: "value",
      minInterval: 1,
      splitLine: { show: isColumns, lineStyle: { color: token("line") } },
      axisLabel: { show: isColumns, ...textStyle() },
    };
    return {
      animation: !CALM.matches,
      animationDuration: 300,
      grid: isColumns
        ? { left: 30, right: 8, top: 12, bottom: 26 }
        : { left: room + 14, right: 56, top: 4, bottom: 4 },
      xAxis: isColumns ? names : values,
      yAxis: isColumns ? values : names,
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        confine: true,
        axisPointer: { type: "shadow", shadowStyle: { color: token("quiet"), opacity: 0.12 } },
        backgroundColor: token("surface"),
        borderColor: token("line"),
        textStyle: textStyle(),
      },
      series: seriesOf(data, isColumns),
    };
  };

  const place = (figure) => {
    const box = figure.querySelector("[data-chart]");
    const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const isColumns = data.direction === "columns";
    box.style.height = `${isColumns ? COLUMNS_HEIGHT : data.names.length * LINE_HEIGHT + 8}px`;
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    const draw = () => chart.setOption(optionOf(data, Math.min(150, box.clientWidth * 0.36)), true);
    draw();
    chart.on("click", ({ seriesIndex, dataIndex }) => {
      const url = data.series[seriesIndex].urls[dataIndex];
      if (url) window.location.assign(url);
    });
    let width = box.clientWidth;
    new ResizeObserver(() => {
      if (box.clientWidth === width) return;
      width = box.clientWidth;
      chart.resize();
      draw();
    }).observe(box);
    return draw;
  };

  const draws = [...document.querySelectorAll("figure.chart-figure")].map(place);
  const drawAll = () => draws.forEach((draw) => draw());
  CHANGES.forEach((query) => query.addEventListener("change", drawAll));
  // The reader's own choice of light or dark is an attribute of the page.
  new MutationObserver(drawAll).observe(document.documentElement, { attributes: true });
})();
