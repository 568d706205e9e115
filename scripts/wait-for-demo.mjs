// Waits until ACCID answers and its demo project is listed; gives up after a minute.
const [url] = process.argv.slice(2);
const end = Date.now() + 60_000;
for (;;) {
  try {
    const answer = await (await fetch(`${url}/api/projects`)).json();
    if (answer.data.items.some((project) => project.slug === "yacht-adventures" && project.pages > 0)) break;
  } catch {
    // Not there yet.
  }
  if (Date.now() > end) process.exit(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
}
