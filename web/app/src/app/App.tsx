// Which view belongs to which address, and what all views have: server state, events, commands, notices.
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { QueryClientProvider } from "@tanstack/react-query";
import { Compass } from "lucide-react";
import { Component, Suspense, useEffect, type ReactNode } from "react";
import { Dashboard } from "../features/dashboard/Dashboard.tsx";
import { handleKey } from "../shared/commands.ts";
import { connectEvents } from "../shared/events.ts";
import { queryClient } from "../shared/queries.ts";
import { Link, paths, useRoute, type Route } from "../shared/router.tsx";
import { Toasts } from "../shared/Toasts.tsx";
import { GlobalCommands } from "./GlobalCommands.tsx";
import { LeftBehind } from "./LeftBehind.tsx";
import { Shell } from "./Shell.tsx";
import { ProjectRoute } from "./ProjectRoute.tsx";
import { Backup, BuilderRoute, Settings, System, Trash } from "./views.ts";

class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };
  static getDerivedStateFromError(error: unknown) { return { error }; }
  override render() {
    if (this.state.error === null) return this.props.children;
    const reload = <a href={window.location.pathname}>Load the page again</a>;
    return <main style={{ padding: 24 }}><h1>This view stumbled</h1><ErrorNote error={this.state.error} action={reload} /></main>;
  }
}

function Missing() {
  return (
    <EmptyState icon={<Compass />} title="There is nothing at this address" action={<Link to={paths.dashboard}>To the projects</Link>}>
      <p>Maybe the project was renamed or is in the trash.</p>
    </EmptyState>
  );
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case "builder": return <ProjectRoute project={route.project} page={route.page} key={route.project} />;
    case "trash": return <Shell title="Trash"><Trash /></Shell>;
    case "backup": return <Shell title="Backup"><Backup /></Shell>;
    case "system": return <Shell title="System"><System /></Shell>;
    case "settings": return <Shell title="Settings"><Settings /></Shell>;
    case "missing": return <Shell title="Not found" hiddenHeading><Missing /></Shell>;
    default: return <Shell title="Projects"><Dashboard /></Shell>;
  }
}

export function App() {
  const route = useRoute();
  useEffect(() => {
    connectEvents();
    document.addEventListener("keydown", handleKey);
    // From the dashboard the next step is nearly always the builder.
    window.setTimeout(() => void BuilderRoute.preload().catch(() => undefined), 600);
    return () => document.removeEventListener("keydown", handleKey);
  }, []);
  return (
    <QueryClientProvider client={queryClient}>
      <Boundary key={route.view}>
        <Suspense fallback={<main style={{ padding: 24 }} aria-busy="true"><h1 className="visually-hidden">Loading</h1><Skeleton height={28} width={220} /></main>}>
          <View route={route} />
        </Suspense>
      </Boundary>
      <LeftBehind />
      <GlobalCommands />
      <Toasts />
    </QueryClientProvider>
  );
}
