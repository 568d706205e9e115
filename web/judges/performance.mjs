// Prints how fast Lighthouse finds the pages of an exported site on a phone with a slow line, as JSON: for each page its
// scores. Usage: node performance.mjs FOLDER
import { measure, startForLighthouse } from "./lighthouse.mjs";
import { pagesOf, serve } from "./site.mjs";

const [folder] = process.argv.slice(2);
const pages = (await pagesOf(folder)).filter((page) => page !== "404.html");
const [browser, site] = await Promise.all([startForLighthouse(), serve(folder)]);
try {
  const found = [];
  for (const page of pages) found.push({ page, ...(await measure(browser, site.url + page)).scores });
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
  await site.close();
}
