//! The Tobago Cays from above: sand, reef, lagoon, and the yachts at anchor over their shadows.

use crate::{
    layer::{ALL, Layer},
    noise::{Dice, caustics, fbm, patches},
    palette::{
        CORAL, DEEP, FOAM, HAZE, INK, LAGOON, LEAF, MOSS, NAVY, PAPER, Rgb, SAND, SHALLOW, TEAL, mix, ramp,
        shade,
    },
    shapes::{Place, Point, Shape, Stroke, circle, edge, ellipse, join, smooth},
};

/// Islets: middle, radii.
const CAYS: [(Point, Point); 4] = [
    ((330.0, 300.0), (205.0, 118.0)),
    ((610.0, 190.0), (120.0, 74.0)),
    ((1290.0, 770.0), (215.0, 130.0)),
    ((1130.0, 985.0), (110.0, 60.0)),
];

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 1067);
    water(&mut layer);
    reef(&mut layer);
    for (index, cay) in CAYS.iter().enumerate() {
        islet(&mut layer, *cay, 431 + index as u32 * 7);
    }
    let boats = [
        ((760.0, 470.0), 118.0, -0.62, FOAM, CORAL),
        ((930.0, 600.0), 92.0, -0.55, PAPER, TEAL),
        ((585.0, 560.0), 84.0, -0.70, FOAM, NAVY),
        ((1010.0, 380.0), 78.0, -0.58, PAPER, CORAL),
        ((720.0, 745.0), 74.0, -0.66, FOAM, SAND),
    ];
    for (at, scale, angle, hull, stripe) in boats {
        yacht(&mut layer, &Place { at, scale, angle, facing: 1.0 }, hull, stripe);
    }
    dinghy(&mut layer, (845.0, 790.0), 0.9);
    dinghy(&mut layer, (505.0, 415.0), -2.4);
    layer
}

fn land(x: f32, y: f32) -> f32 {
    let wobble = (fbm(x / 95.0, y / 95.0, 4, 401) - 0.5) * 88.0;
    CAYS.iter().fold(1e6, |all, (at, radii)| join(all, ellipse(x, y, *at, *radii), 40.0)) + wobble
}

/// How deep the water is, 0 at the beach, about 1 in the channel.
fn depth(x: f32, y: f32) -> f32 {
    let banks = fbm(x / 330.0, y / 260.0, 4, 402);
    let bar = circle(x, y, (880.0, 640.0), 250.0) / 900.0;
    let outside =
        smooth(1150.0, 1620.0, x + (1067.0 - y) * 0.55 + (fbm(x / 200.0, y / 200.0, 3, 403) - 0.5) * 240.0);
    (land(x, y) / 560.0 + bar * 0.22 + (banks - 0.42) * 0.9).clamp(0.0, 0.72) + outside * 0.62
}

fn water(layer: &mut Layer) {
    let stops = [
        (0.0, mix(SAND, FOAM, 0.35)),
        (0.06, mix(SHALLOW, FOAM, 0.35)),
        (0.20, SHALLOW),
        (0.38, mix(SHALLOW, LAGOON, 0.7)),
        (0.55, mix(LAGOON, TEAL, 0.45)),
        (0.75, TEAL),
        (1.0, mix(DEEP, TEAL, 0.25)),
        (1.25, mix(DEEP, NAVY, 0.7)),
    ];
    layer.paint(
        ALL,
        |_, _| 1.0,
        |x, y| {
            let depth = depth(x, y);
            // A printer would cut six screens: the depth comes in soft steps.
            let step = (depth * 9.0).floor() / 9.0;
            let soft = step + smooth(0.72, 1.0, (depth * 9.0).fract()) / 9.0;
            let colour = ramp(&stops, soft * 0.75 + depth * 0.25);
            let light = caustics(x / 30.0, y / 30.0, 404) * smooth(0.6, 0.1, depth) * 0.34;
            let wind = smooth(0.58, 0.66, fbm((x + y) / 60.0, (y - x) / 13.0, 3, 405)) * 0.05;
            mix(shade(colour, 1.0 - wind), FOAM, light)
        },
    );
}

fn reef(layer: &mut Layer) {
    let heads = |x: f32, y: f32| {
        let depth = depth(x, y);
        let band = smooth(0.30, 0.50, depth) * smooth(0.98, 0.70, depth);
        let patch = patches(x / 34.0, y / 30.0, 4, 411);
        smooth(0.58, 0.62, patch + band * 0.10 - 0.06) * band
    };
    layer.paint(
        ALL,
        |x, y| heads(x, y) * 0.72,
        |x, y| {
            mix(
                mix(DEEP, LEAF, 0.35),
                mix(MOSS, TEAL, 0.55),
                smooth(0.45, 0.6, patches(x / 12.0, y / 12.0, 3, 412)),
            )
        },
    );
    // Surf on the outer edge.
    layer.paint(
        ALL,
        |x, y| {
            let depth = depth(x, y);
            let line = (depth - 0.80).abs();
            let foam = fbm(x / 22.0, y / 22.0, 4, 413);
            smooth(0.035, 0.0, line)
                * smooth(0.50, 0.58, foam)
                * smooth(900.0, 1150.0, x + (1067.0 - y) * 0.3)
                * 0.9
        },
        |_, _| FOAM,
    );
}

fn islet(layer: &mut Layer, (at, radii): (Point, Point), seed: u32) {
    let bounds = (at.0 - radii.0 * 1.7, at.1 - radii.1 * 1.9, at.0 + radii.0 * 1.7, at.1 + radii.1 * 1.9);
    layer.paint(bounds, |x, y| smooth(7.0, 1.0, land(x, y)) * 0.8, |_, _| FOAM);
    layer.paint(
        bounds,
        |x, y| edge(land(x, y), 3.0),
        |x, y| mix(SAND, mix(SAND, PAPER, 0.6), smooth(0.4, 0.6, fbm(x / 20.0, y / 20.0, 3, seed))),
    );
    let green = |x: f32, y: f32| land(x, y) + 26.0 + (fbm(x / 30.0, y / 30.0, 3, seed + 1) - 0.5) * 34.0;
    layer.paint(bounds, |x, y| edge(green(x - 5.0, y - 7.0), 5.0) * 0.35, |_, _| mix(INK, LEAF, 0.4));
    layer.paint(
        bounds,
        |x, y| edge(green(x, y), 2.0),
        |x, y| {
            let crowns = patches(x / 15.0, y / 15.0, 3, seed + 2) + (at.0 - x) * 0.0006 + (at.1 - y) * 0.0008;
            let colour = mix(shade(LEAF, 0.72), LEAF, smooth(0.42, 0.48, crowns));
            mix(colour, MOSS, smooth(0.55, 0.60, crowns))
        },
    );
    let mut dice = Dice::new(seed);
    for _ in 0..26 {
        let (u, v) = (dice.bell() * 0.55, dice.bell() * 0.55);
        let palm_at = (at.0 + u * radii.0, at.1 + v * radii.1);
        if land(palm_at.0, palm_at.1) < -12.0 {
            palm(layer, palm_at, dice.between(11.0, 18.0), dice.roll() * 6.3);
        }
    }
}

fn palm(layer: &mut Layer, at: Point, size: f32, turn: f32) {
    for (dx, dy, colour) in [(6.0, 8.0, mix(INK, LEAF, 0.35)), (0.0, 0.0, mix(MOSS, SAND, 0.18))] {
        for frond in 0..7 {
            let angle = turn + frond as f32 * 0.898;
            let (sin, cos) = angle.sin_cos();
            let reach = |part: f32, bend: f32| {
                (at.0 + dx + cos * size * part - sin * bend, at.1 + dy + sin * size * part + cos * bend)
            };
            let stroke = Stroke::curved(&[reach(0.0, 0.0), reach(0.55, 2.0), reach(1.0, 5.0)], 4.4, 0.8);
            layer.paint(
                stroke.bounds(),
                |x, y| stroke.mask(x, y) * if dx > 0.0 { 0.4 } else { 1.0 },
                |_, _| colour,
            );
        }
    }
}

fn yacht(layer: &mut Layer, place: &Place, hull: Rgb, stripe: Rgb) {
    let outline = [
        (0.5, 0.0),
        (0.34, 0.088),
        (0.05, 0.140),
        (-0.28, 0.130),
        (-0.48, 0.088),
        (-0.50, 0.0),
        (-0.48, -0.088),
        (-0.28, -0.130),
        (0.05, -0.140),
        (0.34, -0.088),
    ];
    let shape = Shape::smooth(&place.all(&outline));
    let shadow = shape.map(|(x, y)| (x + place.scale * 0.20, y + place.scale * 0.26));
    layer.paint(
        shadow.bounds(10.0),
        |x, y| edge(shadow.distance((x, y)), 9.0) * 0.42,
        |_, _| mix(DEEP, NAVY, 0.5),
    );
    let mast = Stroke::new(
        &[
            (place.map((0.06, 0.0)).0 + place.scale * 0.2, place.map((0.06, 0.0)).1 + place.scale * 0.26),
            (place.map((0.06, 0.0)).0 + place.scale * 0.95, place.map((0.06, 0.0)).1 + place.scale * 1.1),
        ],
        2.4,
    );
    layer.paint(mast.bounds(), |x, y| mast.mask(x, y) * 0.28, |_, _| NAVY);
    layer.paint(shape.bounds(2.0), |x, y| shape.mask(x, y), |_, _| mix(stripe, INK, 0.1));
    let deck = Shape::smooth(&place.all(&outline.map(|(x, y)| (x * 0.95, y * 0.84))));
    layer.paint(deck.bounds(2.0), |x, y| deck.mask(x, y), |_, _| hull);
    let parts: [(&[Point], Rgb); 4] = [
        (&[(0.26, 0.0), (0.20, 0.06), (-0.14, 0.075), (-0.14, -0.075), (0.20, -0.06)], mix(hull, HAZE, 0.45)),
        (&[(-0.17, 0.078), (-0.43, 0.06), (-0.43, -0.06), (-0.17, -0.078)], mix(SAND, CORAL, 0.28)),
        (&[(-0.12, 0.085), (-0.20, 0.085), (-0.20, -0.085), (-0.12, -0.085)], mix(stripe, NAVY, 0.25)),
        (&[(0.16, 0.022), (0.10, 0.022), (0.10, -0.022), (0.16, -0.022)], mix(NAVY, HAZE, 0.3)),
    ];
    for (points, colour) in parts {
        let part = Shape(place.all(points));
        layer.paint(part.bounds(2.0), |x, y| part.mask(x, y), |_, _| colour);
    }
    let boom = Stroke::new(&place.all(&[(0.06, 0.0), (-0.36, 0.0)]), place.scale * 0.028);
    layer.paint(boom.bounds(), |x, y| boom.mask(x, y), |_, _| mix(PAPER, SAND, 0.6));
    let chain = Stroke::new(&place.all(&[(0.5, 0.0), (1.05, -0.02)]), 1.0);
    layer.paint(chain.bounds(), |x, y| chain.mask(x, y) * 0.5, |_, _| INK);
}

fn dinghy(layer: &mut Layer, at: Point, angle: f32) {
    let place = Place { at, scale: 26.0, angle, facing: 1.0 };
    for side in [-1.0, 1.0] {
        let wake = Stroke::curved(
            &place.all(&[(-0.4, 0.1 * side), (-2.2, 0.7 * side), (-5.0, 1.5 * side)]),
            4.5,
            1.0,
        );
        layer.paint(wake.bounds(), |x, y| wake.mask(x, y) * 0.62, |_, _| FOAM);
    }
    let hull =
        Shape::smooth(&place.all(&[(0.55, 0.0), (0.2, 0.24), (-0.5, 0.24), (-0.5, -0.24), (0.2, -0.24)]));
    layer.paint(hull.bounds(2.0), |x, y| hull.mask(x, y), |_, _| mix(HAZE, FOAM, 0.4));
    let floor =
        Shape::smooth(&place.all(&[(0.3, 0.0), (0.1, 0.12), (-0.4, 0.12), (-0.4, -0.12), (0.1, -0.12)]));
    layer.paint(floor.bounds(2.0), |x, y| floor.mask(x, y), |_, _| mix(CORAL, NAVY, 0.25));
}
