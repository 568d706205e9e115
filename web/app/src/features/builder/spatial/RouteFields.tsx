// The routes on the map of a page.
import type { Spatial, SpatialRoute } from "@accid/api-client/types";
import { Button, IconButton } from "@accid/ui/Button";
import { SwitchField, TextField } from "@accid/ui/Field";
import { Route, Spline, Trash2 } from "lucide-react";
import styles from "./Spatial.module.css";
import { changeRoute, newRoute } from "./spatial.ts";

interface Props { spatial: Spatial; onChange: (routes: SpatialRoute[], title: string) => void; onDraw: () => void }

export function RouteFields({ spatial, onChange, onDraw }: Props) {
  const routes = spatial.routes ?? [];
  const set = (id: string, part: Partial<SpatialRoute>) => onChange(changeRoute(routes, id, part), "Change a route");
  return (
    <div className={styles["routes"]} role="group" aria-label="Routes">
      <h3>Routes</h3>
      {routes.map((route, index) => (
        <div key={route.id} className={styles["route"]} data-route={route.id}>
          <div className={styles["routeHead"]}>
            <TextField label={`Name of route ${index + 1}`} hideLabel placeholder="Name of the route" value={route.name ?? ""} onChange={(event) => set(route.id, { name: event.target.value })} />
            <IconButton label={`Remove ${route.name || "the route"}`} onClick={() => onChange(routes.filter((one) => one.id !== route.id), "Remove a route")}><Trash2 /></IconButton>
          </div>
          <p className={styles["muted"]}>{route.track ? "Follows a recorded track." : route.points?.length ? `${route.points.length} points, drawn.` : "From place to place, in the order of the modules."}</p>
          <SwitchField label="Arrows" checked={route.arrows ?? false} onChange={(arrows) => set(route.id, { arrows })} />
          <SwitchField label="Days beside its points" checked={route.dates ?? false} onChange={(dates) => set(route.id, { dates })} />
          <SwitchField label="Dashed, as what is planned" checked={route.dashed ?? false} onChange={(dashed) => set(route.id, { dashed })} />
        </div>
      ))}
      <div className={styles["row"]}>
        <Button icon={<Route />} onClick={() => onChange([...routes, newRoute("Route")], "Add a route")}>From place to place</Button>
        <Button icon={<Spline />} onClick={onDraw}>Draw one</Button>
      </div>
    </div>
  );
}
