//! The sail plan of *Meltemi*, as a naval architect would draw it: ink on paper, a wash of colour.

use crate::{
    layer::{ALL, Layer},
    noise::fbm,
    palette::{CORAL, HAZE, INK, LAGOON, NAVY, PAPER, Rgb, SAND, SHALLOW, TEAL, mix},
    shapes::{Place, Point, Shape, Stroke, circle, edge, smooth},
};

/// Her length of 12.4 m is one unit.
const PLACE: Place = Place { at: (790.0, 792.0), scale: 498.0, angle: 0.0, facing: 1.0 };

const HULL: &[Point] = &[
    (-0.50, -0.098),
    (-0.40, -0.090),
    (-0.20, -0.084),
    (0.0, -0.086),
    (0.25, -0.100),
    (0.44, -0.120),
    (0.53, -0.134),
    (0.512, -0.09),
    (0.475, -0.03),
    (0.44, 0.002),
    (0.30, 0.040),
    (0.10, 0.062),
    (-0.10, 0.062),
    (-0.28, 0.042),
    (-0.42, 0.006),
    (-0.48, -0.04),
];

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 1067);
    layer.paint(
        ALL,
        |_, _| 1.0,
        |x, y| {
            let stain = fbm(x / 330.0, y / 330.0, 4, 801);
            mix(PAPER, SAND, smooth(0.45, 0.85, stain) * 0.45)
        },
    );
    grid(&mut layer);
    let water = PLACE.at.1;
    layer.paint(
        (90.0, water, 1510.0, 977.0),
        |x, y| {
            edge(90.0 - x, 1.5)
                * edge(x - 1510.0, 1.5)
                * smooth(977.0, water, y)
                * (0.34 + fbm(x / 90.0, y / 40.0, 3, 803) * 0.25)
        },
        |_, _| mix(SHALLOW, LAGOON, 0.4),
    );
    under_water(&mut layer);
    sails(&mut layer);
    rig(&mut layer);
    hull(&mut layer);
    measures(&mut layer);
    section(&mut layer);
    frame(&mut layer);
    layer
}

fn ink(layer: &mut Layer, points: &[Point], thickness: f32, colour: Rgb) {
    let stroke = Stroke::new(points, thickness);
    layer.paint(
        stroke.bounds(),
        |x, y| stroke.mask(x, y) * (0.80 + fbm(x / 7.0, y / 7.0, 2, 805) * 0.3),
        |_, _| colour,
    );
}

fn drawn(layer: &mut Layer, points: &[Point], thickness: f32) {
    ink(layer, &PLACE.all(points), thickness, NAVY);
}

fn wash(layer: &mut Layer, shape: &Shape, colour: Rgb, strength: f32) {
    layer.paint(
        shape.bounds(4.0),
        |x, y| {
            // Water colour gathers at the edges.
            let rim = smooth(-9.0, 0.0, shape.distance((x, y))) * 0.22;
            shape.mask(x, y) * (strength * (0.72 + fbm(x / 80.0, y / 80.0, 4, 807) * 0.5) + rim).min(1.0)
        },
        |_, _| colour,
    );
}

fn grid(layer: &mut Layer) {
    let step = PLACE.scale / 12.4;
    layer.paint(
        (90.0, 90.0, 1510.0, 977.0),
        |x, y| {
            let off =
                |value: f32, from: f32| (((value - from) / step + 0.5).rem_euclid(1.0) - 0.5).abs() * step;
            let line = |value: f32, from: f32| edge(off(value, from) - 0.3, 1.2);
            line(x, PLACE.at.0).max(line(y, PLACE.at.1)) * 0.32
        },
        |_, _| mix(HAZE, SHALLOW, 0.4),
    );
}

fn under_water(layer: &mut Layer) {
    let keel = [(0.12, 0.06), (0.07, 0.185), (-0.12, 0.185), (-0.11, 0.062)];
    let bulb = Shape::smooth(&PLACE.all(&[
        (0.10, 0.182),
        (0.02, 0.170),
        (-0.13, 0.176),
        (-0.17, 0.186),
        (-0.12, 0.198),
        (0.02, 0.204),
    ]));
    let rudder = [(-0.365, 0.026), (-0.372, 0.150), (-0.432, 0.150), (-0.425, 0.006)];
    for points in [&keel[..], &rudder[..]] {
        let shape = Shape(PLACE.all(points));
        wash(layer, &shape, mix(TEAL, NAVY, 0.3), 0.42);
        let mut closed = points.to_vec();
        closed.push(points[0]);
        drawn(layer, &closed, 2.2);
    }
    wash(layer, &bulb, mix(TEAL, NAVY, 0.5), 0.75);
}

fn sails(layer: &mut Layer) {
    let mut main = vec![(0.052, -0.20), (0.045, -1.27)];
    main.extend((1..=14).map(|step| leech(step as f32 / 14.0)));
    let mut genoa = vec![(0.505, -0.15), (0.075, -1.19)];
    genoa.extend((1..=10).map(|step| {
        let t = step as f32 / 10.0;
        (0.075 - 0.145 * t + t * (1.0 - t) * 0.06, -1.19 + 0.985 * t)
    }));
    let jib = Shape(PLACE.all(&[(0.498, -0.16), (0.15, -0.99), (0.10, -0.21)]));
    for (points, colour, strength) in
        [(&main, mix(SAND, CORAL, 0.22), 0.62), (&genoa, mix(SHALLOW, LAGOON, 0.25), 0.46)]
    {
        let shape = Shape(PLACE.all(points));
        wash(layer, &shape, colour, strength);
        let mut closed = points.clone();
        closed.push(points[0]);
        drawn(layer, &closed, 2.4);
    }
    let mut edge_of_jib = jib.0.clone();
    edge_of_jib.push(jib.0[0]);
    dashes(layer, &edge_of_jib, CORAL);
    for (index, t) in [0.17, 0.34, 0.52, 0.70].into_iter().enumerate() {
        let end = leech(t);
        let reach = if index == 0 { 0.0 } else { 0.32 };
        let from = (end.0 + (0.05 - end.0) * (1.0 - reach), end.1 - 0.045);
        drawn(layer, &[(from.0.min(0.048), from.1), end], 1.3);
    }
    for y in [-0.40, -0.60] {
        let t = ((y + 1.27) / 1.06_f32).clamp(0.0, 1.0);
        dashes(layer, &PLACE.all(&[(0.05, y + 0.02), leech(t)]), mix(NAVY, CORAL, 0.4));
    }
}

fn leech(t: f32) -> Point {
    let bulge = t * (1.0 - t) * 0.30;
    (0.045 - 0.475 * t - bulge * 0.55, -1.27 + 1.06 * t - bulge * 0.08)
}

fn dashes(layer: &mut Layer, points: &[Point], colour: Rgb) {
    for pair in points.windows(2) {
        let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let length = (dx * dx + dy * dy).sqrt();
        let mut at = 0.0;
        while at < length {
            let end = (at + 11.0).min(length);
            let point = |part: f32| (pair[0].0 + dx * part / length, pair[0].1 + dy * part / length);
            ink(layer, &[point(at), point(end)], 1.7, colour);
            at += 19.0;
        }
    }
}

fn rig(layer: &mut Layer) {
    drawn(layer, &[(0.062, -0.09), (0.050, -1.34)], 6.0);
    drawn(layer, &[(0.06, -0.185), (-0.44, -0.195)], 5.0);
    for line in [
        [(0.050, -1.33), (-0.50, -0.098)],
        [(0.052, -1.28), (0.525, -0.134)],
        [(0.054, -0.98), (0.42, -0.12)],
    ] {
        drawn(layer, &line, 1.3);
    }
    for y in [-0.52, -0.90] {
        drawn(layer, &[(0.056, y), (0.10, y + 0.012)], 2.4);
        drawn(layer, &[(0.056, y), (0.012, y + 0.012)], 2.4);
    }
    drawn(layer, &[(0.050, -1.34), (0.052, -1.375)], 1.4);
    drawn(layer, &[(0.035, -1.355), (0.075, -1.362)], 1.4);
}

fn hull(layer: &mut Layer) {
    let shape = Shape::smooth(&PLACE.all(HULL));
    wash(layer, &shape, mix(NAVY, TEAL, 0.2), 0.80);
    let mut outline = shape.0.clone();
    outline.push(shape.0[0]);
    ink(layer, &outline, 2.6, INK);
    ink(
        layer,
        &PLACE.all(&[(-0.492, -0.078), (-0.2, -0.066), (0.1, -0.072), (0.3, -0.086), (0.508, -0.112)]),
        3.6,
        CORAL,
    );
    let cabin = [(-0.17, -0.086), (-0.15, -0.130), (0.10, -0.138), (0.24, -0.100)];
    let shape = Shape(PLACE.all(&[&cabin[..], &[(0.0, -0.086)]].concat()));
    wash(layer, &shape, mix(PAPER, SAND, 0.6), 0.9);
    drawn(layer, &cabin, 2.2);
    for x in [-0.11, -0.045, 0.02, 0.085] {
        let port =
            Shape::smooth(&PLACE.all(&[(x, -0.118), (x + 0.034, -0.120), (x + 0.034, -0.107), (x, -0.105)]));
        wash(layer, &port, NAVY, 0.9);
    }
    drawn(
        layer,
        &[(-0.50, -0.098), (-0.498, -0.146), (-0.2, -0.140), (0.2, -0.152), (0.50, -0.178), (0.525, -0.134)],
        1.3,
    );
    for x in [-0.34, -0.2, -0.05, 0.1, 0.25, 0.38] {
        drawn(layer, &[(x, -0.09), (x, -0.142 - (x + 0.2).max(0.0) * 0.045)], 1.2);
    }
    ink(layer, &[(90.0, PLACE.at.1), (1510.0, PLACE.at.1)], 1.8, mix(TEAL, NAVY, 0.4));
}

/// Dimension lines with their ticks; the figures stand on the page.
fn measures(layer: &mut Layer) {
    let tick = |layer: &mut Layer, from: Point, to: Point| {
        ink(layer, &[from, to], 1.4, CORAL);
        for at in [from, to] {
            ink(layer, &[(at.0 - 7.0, at.1 + 7.0), (at.0 + 7.0, at.1 - 7.0)], 2.2, CORAL);
        }
    };
    let (left, right) = (PLACE.map((-0.50, 0.0)).0, PLACE.map((0.53, 0.0)).0);
    tick(layer, (left, 940.0), (right, 940.0));
    let (aft, fore) = (PLACE.map((-0.42, 0.0)).0, PLACE.map((0.44, 0.0)).0);
    tick(layer, (aft, 915.0), (fore, 915.0));
    let (top, deep) = (PLACE.map((0.0, -1.34)).1, PLACE.map((0.0, 0.2)).1);
    tick(layer, (1210.0, top), (1210.0, PLACE.at.1));
    tick(layer, (1210.0, PLACE.at.1), (1210.0, deep));
    for (x, y) in [(left, PLACE.map((0.0, -0.09)).1), (right, PLACE.map((0.0, -0.13)).1)] {
        ink(layer, &[(x, y), (x, 950.0)], 0.8, CORAL);
    }
}

/// The midship section, on the right.
fn section(layer: &mut Layer) {
    let place = Place { at: (1370.0, PLACE.at.1), scale: 498.0, angle: 0.0, facing: 1.0 };
    let half = [
        (0.0, -0.12),
        (0.158, -0.105),
        (0.160, -0.02),
        (0.130, 0.030),
        (0.055, 0.060),
        (0.016, 0.068),
        (0.014, 0.175),
        (0.030, 0.190),
        (0.0, 0.202),
    ];
    let mirrored: Vec<_> = half.iter().rev().map(|(x, y)| (-x, *y)).collect();
    let points: Vec<_> = half.iter().copied().chain(mirrored).collect();
    let shape = Shape(place.all(&points));
    wash(layer, &shape, mix(NAVY, TEAL, 0.3), 0.55);
    ink(layer, &shape.0, 2.2, INK);
    ink(layer, &place.all(&[(0.0, -0.19), (0.0, 0.25)]), 0.9, CORAL);
    for radius in [0.05, 0.09] {
        let centre = place.map((0.0, -0.01));
        let reach = radius * 498.0;
        layer.paint(
            (centre.0 - reach - 2.0, centre.1 - reach - 2.0, centre.0 + reach + 2.0, centre.1 + reach + 2.0),
            |x, y| edge(circle(x, y, centre, reach).abs() - 0.5, 1.2) * 0.5,
            |_, _| PAPER,
        );
    }
}

fn frame(layer: &mut Layer) {
    for (inset, thickness) in [(70.0, 4.0), (84.0, 1.4)] {
        let (right, bottom) = (1600.0 - inset, 1067.0 - inset);
        ink(
            layer,
            &[(inset, inset), (right, inset), (right, bottom), (inset, bottom), (inset, inset)],
            thickness,
            NAVY,
        );
    }
    // A scale bar in metres.
    let step = PLACE.scale / 12.4;
    for metre in 0..5 {
        let left = 120.0 + metre as f32 * step;
        let shape = Shape(vec![(left, 922.0), (left + step, 922.0), (left + step, 932.0), (left, 932.0)]);
        if metre % 2 == 0 {
            layer.paint(shape.bounds(2.0), |x, y| shape.mask(x, y), |_, _| NAVY);
        }
        ink(
            layer,
            &[(left, 922.0), (left + step, 922.0), (left + step, 932.0), (left, 932.0), (left, 922.0)],
            1.2,
            NAVY,
        );
    }
}
