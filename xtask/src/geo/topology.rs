//! Pieces of land as lines that neighbours share, joined across the antimeridian.
//!
//! The method is topojson's: a point where rings part is a junction; rings are cut there, and a line that two rings
//! walk is kept once.

use std::collections::{BTreeMap, HashMap};

use accid_geo::pack::{Line, Shape, UNITS_PER_DEGREE};

use super::weights;

/// One piece of land with its territory: closed rings, the outer one first.
pub struct Piece {
    /// Index of its territory.
    pub territory: usize,
    /// Closed rings of `[longitude, latitude]` in units.
    pub rings: Vec<Vec<[i32; 2]>>,
}

type Point = [i32; 2];

const SEAM: i32 = (180.0 * UNITS_PER_DEGREE) as i32;
/// How far the two halves of a cut may miss each other, in units.
const SNAP: i32 = 60;
const SOUTH_POLE: i32 = (-89.0 * UNITS_PER_DEGREE) as i32;

/// Lines and the shapes made of them.
pub fn build(pieces: Vec<Piece>) -> (Vec<Line>, Vec<Shape>) {
    let pieces = stitch(pieces);
    let junctions = junctions(&pieces);
    let mut lines: Vec<Vec<Point>> = Vec::new();
    let mut known: HashMap<Vec<Point>, Vec<usize>> = HashMap::new();
    let mut uses: Vec<usize> = Vec::new();
    let mut shapes = Vec::new();
    for piece in &pieces {
        let mut rings = Vec::new();
        for ring in &piece.rings {
            let mut references = Vec::new();
            for line in cut(ring, &junctions) {
                let backwards: Vec<Point> = line.iter().rev().copied().collect();
                let (key, turned) = if backwards < line { (backwards, true) } else { (line, false) };
                let numbers = known.entry(key.clone()).or_default();
                let free = numbers.iter().copied().find(|number| uses[*number] < 2);
                let number = free.unwrap_or_else(|| {
                    lines.push(key);
                    uses.push(0);
                    numbers.push(lines.len() - 1);
                    lines.len() - 1
                });
                uses[number] += 1;
                references.push(if turned { !(number as i32) } else { number as i32 });
            }
            rings.push(references);
        }
        shapes.push(Shape { territory: piece.territory, rings });
    }
    let weigh = |points: Vec<Point>| Line { weights: weights::of(&points), points };
    (lines.into_iter().map(weigh).collect(), shapes)
}

/// Points where rings part: whose neighbours are not the same in every ring that has them.
fn junctions(pieces: &[Piece]) -> HashMap<Point, bool> {
    let mut neighbours: HashMap<Point, (Point, Point)> = HashMap::new();
    let mut junctions = HashMap::new();
    for ring in pieces.iter().flat_map(|piece| &piece.rings) {
        let open = &ring[..ring.len() - 1];
        for (index, point) in open.iter().enumerate() {
            let before = open[(index + open.len() - 1) % open.len()];
            let after = open[(index + 1) % open.len()];
            let pair = (before.min(after), before.max(after));
            if *neighbours.entry(*point).or_insert(pair) != pair {
                junctions.insert(*point, true);
            }
        }
    }
    junctions
}

/// A ring cut at its junctions; a ring without any is one line that starts at its smallest point.
fn cut(ring: &[Point], junctions: &HashMap<Point, bool>) -> Vec<Vec<Point>> {
    let open = &ring[..ring.len() - 1];
    let is_junction = |point: &&Point| junctions.contains_key(*point);
    let start = open.iter().position(|point| junctions.contains_key(point));
    let start = start.or_else(|| (0..open.len()).min_by_key(|index| open[*index])).unwrap_or(0);
    let mut lines = Vec::new();
    let mut line = vec![open[start]];
    for step in 1..=open.len() {
        let point = open[(start + step) % open.len()];
        line.push(point);
        if is_junction(&&point) || step == open.len() {
            lines.push(std::mem::replace(&mut line, vec![point]));
        }
    }
    lines
}

/// Joins what was cut at the antimeridian, for each territory: Chukotka to Russia, the halves of Taveuni. Longitudes
/// beyond 180 are what lies east of it.
fn stitch(pieces: Vec<Piece>) -> Vec<Piece> {
    let (mut kept, mut seamed) = (Vec::new(), BTreeMap::<usize, Vec<Piece>>::new());
    for piece in pieces {
        let touches = piece.rings.first().is_some_and(|ring| {
            ring.windows(2).any(|pair| on_seam(pair[0]) && on_seam(pair[1]))
                && ring.iter().all(|point| point[1] > SOUTH_POLE)
        });
        if touches { seamed.entry(piece.territory).or_default().push(piece) } else { kept.push(piece) }
    }
    for (territory, pieces) in seamed {
        match joined(&pieces) {
            Some(mut rings) => {
                // Holes go with the largest piece: what was cut at the antimeridian is large and small islands.
                rings.sort_by_key(|ring| std::cmp::Reverse(ring.len()));
                let mut holes: Vec<_> =
                    pieces.iter().flat_map(|piece| piece.rings.iter().skip(1)).cloned().collect();
                for ring in rings {
                    let mut rings = vec![ring];
                    rings.append(&mut holes);
                    kept.push(Piece { territory, rings });
                }
            }
            None => {
                eprintln!("Territory {territory} could not be joined at the antimeridian; it stays cut.");
                kept.extend(pieces);
            }
        }
    }
    kept
}

fn on_seam(point: Point) -> bool {
    point[0].abs() == SEAM
}

/// The rings that the chains between seams make when each goes on where another one of nearly the same latitude begins;
/// the two halves of Natural Earth were not cut at quite the same points.
fn joined(pieces: &[Piece]) -> Option<Vec<Vec<Point>>> {
    let mut chains: Vec<Vec<Point>> = pieces.iter().flat_map(|piece| chains(&piece.rings[0])).collect();
    let mut rings = Vec::new();
    while let Some(mut ring) = chains.pop() {
        loop {
            let (first, end) = (*ring.first()?, *ring.last()?);
            if first == end && ring.len() > 1 {
                break;
            }
            let apart = |point: Option<&Point>| {
                point.map_or(i32::MAX, |point| (point[1] - end[1]).abs() + (point[0] - end[0]).abs())
            };
            let next = (0..chains.len()).min_by_key(|index| apart(chains[*index].first()));
            let next = next.filter(|index| apart(chains[*index].first()) < apart(Some(&first)));
            if next.map_or(apart(Some(&first)), |index| apart(chains[index].first())) > SNAP {
                return None;
            }
            match next {
                Some(next) => ring.extend_from_slice(&chains.swap_remove(next)[1..]),
                None => {
                    ring.pop();
                    ring.push(first);
                }
            }
        }
        rings.push(ring);
    }
    Some(rings)
}

/// A ring without its pieces along the antimeridian; western longitudes are turned to beyond 180.
fn chains(ring: &[Point]) -> Vec<Vec<Point>> {
    let open = &ring[..ring.len() - 1];
    let length = open.len();
    let west = open.iter().any(|point| point[0] < 0);
    let turn = |point: Point| if west { [point[0] + 2 * SEAM, point[1]] } else { point };
    let seam = |index: usize| on_seam(open[index % length]) && on_seam(open[(index + 1) % length]);
    let Some(start) = (0..length).find(|index| seam(*index)) else { return vec![ring.to_vec()] };
    let mut chains = Vec::new();
    let mut chain: Vec<Point> = Vec::new();
    for step in 1..=length {
        let index = start + step;
        chain.push(turn(open[index % length]));
        if seam(index) {
            if chain.len() > 1 {
                chains.push(std::mem::take(&mut chain));
            }
            chain.clear();
        }
    }
    chains
}
