// What of Apache ECharts the panel draws with: bars on a grid, as SVG, and the box under the mouse.
export { init } from "echarts/core";
import { use } from "echarts/core";
import { BarChart } from "echarts/charts";
import { AxisPointerComponent, GridComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
use([AxisPointerComponent, BarChart, GridComponent, SVGRenderer, TooltipComponent]);
