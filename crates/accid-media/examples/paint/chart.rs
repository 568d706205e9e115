//! A chart of the Windward Islands from Grenada to Martinique, with north to the upper right. Not for navigation.

use crate::{
    coasts::{COASTS, NORTH, ROUTE, project},
    layer::{ALL, Layer},
    noise::{Dice, fbm, patches},
    palette::{
        AMBER, CORAL, FOAM, HAZE, INK, LAGOON, LEAF, MOSS, NAVY, PAPER, Rgb, SAND, SHALLOW, TEAL, mix, shade,
    },
    shapes::{Place, Point, Shape, Stroke, circle, edge, smooth},
    yacht::{Colours, Sails, draw},
};

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 1067);
    let coasts: Vec<_> = COASTS
        .iter()
        .map(|points| Shape::smooth(&points.iter().map(|point| project(*point)).collect::<Vec<_>>()))
        .collect();
    let distances = distances(&coasts, layer.width, layer.height);
    let away = |x: f32, y: f32| distances[(y as usize).min(1066) * 1600 + (x as usize).min(1599)];
    sea(&mut layer, &away);
    graticule(&mut layer);
    compass(&mut layer, (1330.0, 810.0), 150.0);
    land(&mut layer, &coasts, &away);
    route(&mut layer);
    let colours = Colours {
        hull: NAVY,
        hull_shade: INK,
        stripe: CORAL,
        sail: FOAM,
        sail_shade: mix(SAND, CORAL, 0.25),
        line: INK,
    };
    draw(
        &mut layer,
        &Place { at: (300.0, 388.0), scale: 120.0, angle: -0.04, facing: 1.0 },
        &colours,
        Sails::Full,
    );
    for (x, y) in [(240.0, 396.0), (330.0, 404.0), (276.0, 412.0)] {
        pen(&mut layer, &[(x, y), (x + 30.0, y - 5.0), (x + 62.0, y)], 2.2, TEAL);
    }
    whale(&mut layer, (985.0, 860.0));
    frame(&mut layer);
    layer
}

/// How far every pixel is from the nearest coast; negative on land. Far off, a rough one will do.
fn distances(coasts: &[Shape], width: usize, height: usize) -> Vec<f32> {
    let mut field = vec![0.0; width * height];
    let rough: Vec<_> = coasts.iter().map(|coast| coast.bounds(0.0)).collect();
    let row = |y: usize, row: &mut [f32]| {
        for (x, value) in row.iter_mut().enumerate() {
            let p = (x as f32 + 0.5, y as f32 + 0.5);
            *value = coasts.iter().zip(&rough).fold(900.0, |least: f32, (coast, b)| {
                let (dx, dy) = ((b.0 - p.0).max(p.0 - b.2).max(0.0), (b.1 - p.1).max(p.1 - b.3).max(0.0));
                let box_away = (dx * dx + dy * dy).sqrt();
                if box_away > 130.0 || box_away > least {
                    least.min(box_away + 20.0)
                } else {
                    least.min(coast.distance(p))
                }
            });
        }
    };
    let half = height / 2;
    let (upper, lower) = field.split_at_mut(half * width);
    std::thread::scope(|scope| {
        scope.spawn(|| upper.chunks_mut(width).enumerate().for_each(|(y, values)| row(y, values)));
        lower.chunks_mut(width).enumerate().for_each(|(y, values)| row(y + half, values));
    });
    field
}

fn sea(layer: &mut Layer, away: &(impl Fn(f32, f32) -> f32 + Sync)) {
    layer.paint(
        ALL,
        |_, _| 1.0,
        |x, y| {
            let wash = fbm(x / 300.0, y / 300.0, 4, 851);
            let open = mix(
                mix(PAPER, SHALLOW, 0.46),
                mix(PAPER, HAZE, 0.62),
                smooth(0.35, 0.7, wash + (y - x * 0.66) * 0.0003),
            );
            let wobble = (fbm(x / 30.0, y / 30.0, 3, 852) - 0.5) * 12.0;
            let d = away(x, y) + wobble;
            let colour = mix(mix(SHALLOW, LAGOON, 0.35), open, smooth(15.0, 18.0, d) * 0.55);
            let colour = mix(colour, open, smooth(37.0, 40.0, d) * 0.55);
            mix(colour, open, smooth(66.0, 69.0, d))
        },
    );
    // The Atlantic side: short strokes of swell.
    let mut dice = Dice::new(861);
    for _ in 0..210 {
        let at = (dice.between(90.0, 1510.0), dice.between(90.0, 980.0));
        let east = (at.0 - 800.0) * NORTH.cos() + (at.1 - 548.0) * NORTH.sin();
        if away(at.0, at.1) > 86.0
            && (east > 60.0 || dice.roll() < 0.22)
            && circle(at.0, at.1, (1330.0, 810.0), 178.0) > 0.0
        {
            let w = dice.between(11.0, 20.0);
            let stroke = Stroke::curved(
                &[
                    (at.0 - w, at.1 + 3.0),
                    (at.0 - w * 0.4, at.1 - 3.5),
                    (at.0 + w * 0.2, at.1 + 2.0),
                    (at.0 + w, at.1 - 2.0),
                ],
                1.9,
                0.8,
            );
            layer.paint(stroke.bounds(), |x, y| stroke.mask(x, y) * 0.6, |_, _| mix(TEAL, HAZE, 0.25));
        }
    }
}

fn graticule(layer: &mut Layer) {
    for step in -12..14 {
        let (lat, west) = (13.5 + step as f32 * 0.5, 61.5 + step as f32 * 0.5);
        for line in
            [[project((lat, 56.0)), project((lat, 67.0))], [project((8.0, west)), project((19.0, west))]]
        {
            pen(layer, &line, 0.9, mix(TEAL, PAPER, 0.45));
        }
    }
}

fn pen(layer: &mut Layer, points: &[Point], thickness: f32, colour: Rgb) {
    let stroke = Stroke::new(points, thickness);
    layer.paint(stroke.bounds(), |x, y| stroke.mask(x, y) * 0.85, |_, _| colour);
}

fn land(layer: &mut Layer, coasts: &[Shape], away: &(impl Fn(f32, f32) -> f32 + Sync)) {
    for coast in coasts {
        let inside = |x: f32, y: f32| coast.mask(x, y);
        layer.paint(
            coast.bounds(8.0),
            |x, y| edge(coast.distance((x - 3.0, y - 4.0)), 5.0) * 0.30,
            |_, _| NAVY,
        );
        layer.paint(coast.bounds(2.0), inside, |x, y| {
            let inland = smooth(0.0, 52.0, -away(x, y));
            let height = inland + (patches(x / 26.0, y / 26.0, 4, 871) - 0.5) * 0.9;
            let lit =
                patches((x + 5.0) / 26.0, (y + 5.0) / 26.0, 4, 871) - patches(x / 26.0, y / 26.0, 4, 871);
            let colour = mix(mix(SAND, AMBER, 0.12), mix(MOSS, SAND, 0.3), smooth(0.10, 0.16, height));
            let colour = mix(colour, mix(MOSS, LEAF, 0.35), smooth(0.38, 0.44, height));
            let colour = mix(colour, mix(LEAF, NAVY, 0.12), smooth(0.74, 0.80, height));
            shade(colour, 1.0 - lit * 1.1 * smooth(0.1, 0.5, height))
        });
        let line = |x: f32, y: f32| edge(coast.distance((x, y)).abs() - 1.1, 1.4) * 0.9;
        layer.paint(coast.bounds(4.0), line, |_, _| mix(INK, NAVY, 0.4));
    }
}

fn route(layer: &mut Layer) {
    let points: Vec<_> = ROUTE.iter().map(|(lat, west, _)| project((*lat, *west))).collect();
    let (mut along, mut before) = (0.0, points[0]);
    let mut curve = Vec::new();
    for index in 0..points.len() - 1 {
        let at = |offset: usize| points[(index + offset).saturating_sub(1).min(points.len() - 1)];
        for step in 0..24 {
            let t = step as f32 / 24.0;
            let blend = |a: f32, b: f32, c: f32, d: f32| {
                0.5 * (2.0 * b
                    + (c - a) * t
                    + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t
                    + (3.0 * b - a - 3.0 * c + d) * t * t * t)
            };
            curve
                .push((blend(at(0).0, at(1).0, at(2).0, at(3).0), blend(at(0).1, at(1).1, at(2).1, at(3).1)));
        }
    }
    for point in curve {
        along += ((point.0 - before.0).powi(2) + (point.1 - before.1).powi(2)).sqrt();
        if along % 21.0 < 12.0 {
            pen(layer, &[before, point], 4.2, CORAL);
        }
        before = point;
    }
    for ((_, _, stop), at) in ROUTE.iter().zip(&points) {
        if *stop {
            let bounds = (at.0 - 14.0, at.1 - 14.0, at.0 + 14.0, at.1 + 14.0);
            layer.paint(bounds, |x, y| edge(circle(x, y, *at, 8.5), 1.5), |_, _| PAPER);
            layer.paint(bounds, |x, y| edge(circle(x, y, *at, 6.0), 1.5), |_, _| CORAL);
        }
    }
}

fn compass(layer: &mut Layer, at: Point, radius: f32) {
    for (ring, thickness) in [(1.0, 2.4), (0.93, 1.0), (0.40, 1.2)] {
        let bounds = (at.0 - radius - 4.0, at.1 - radius - 4.0, at.0 + radius + 4.0, at.1 + radius + 4.0);
        layer.paint(
            bounds,
            |x, y| edge(circle(x, y, at, radius * ring).abs() - thickness / 2.0, 1.3) * 0.9,
            |_, _| NAVY,
        );
    }
    for tick in 0..72 {
        let (sin, cos) = (NORTH + tick as f32 * 0.087_266_5).sin_cos();
        let from = if tick % 6 == 0 { 0.86 } else { 0.93 };
        pen(
            layer,
            &[
                (at.0 + sin * radius * from, at.1 - cos * radius * from),
                (at.0 + sin * radius, at.1 - cos * radius),
            ],
            1.2,
            NAVY,
        );
    }
    for (order, reach, width) in [(2, 0.58, 0.085), (1, 0.74, 0.11), (0, 0.98, 0.14)] {
        for point in 0..16 {
            let belongs = match order {
                0 => point % 4 == 0,
                1 => point % 4 == 2,
                _ => point % 2 == 1,
            };
            if belongs {
                let place = Place {
                    at,
                    scale: radius,
                    angle: NORTH + point as f32 * std::f32::consts::FRAC_PI_8,
                    facing: 1.0,
                };
                let north = point == 0;
                for (side, colour) in [
                    (1.0, if north { CORAL } else { NAVY }),
                    (-1.0, if north { shade(CORAL, 0.8) } else { mix(PAPER, SAND, 0.4) }),
                ] {
                    let half = Shape(place.all(&[(0.0, 0.0), (width * side, -width), (0.0, -reach)]));
                    layer.paint(half.bounds(2.0), |x, y| half.mask(x, y), |_, _| colour);
                }
                pen(
                    layer,
                    &place.all(&[(0.0, 0.0), (width, -width), (0.0, -reach), (-width, -width), (0.0, 0.0)]),
                    1.3,
                    NAVY,
                );
            }
        }
    }
    let fleur = Place { at, scale: radius, angle: NORTH, facing: 1.0 };
    let crown = Shape::smooth(&fleur.all(&[
        (0.0, -1.22),
        (0.05, -1.12),
        (0.09, -1.08),
        (0.03, -1.06),
        (0.0, -1.03),
        (-0.03, -1.06),
        (-0.09, -1.08),
        (-0.05, -1.12),
    ]));
    layer.paint(crown.bounds(2.0), |x, y| crown.mask(x, y), |_, _| CORAL);
}

/// A humpback, as old charts have them where nothing else is known.
fn whale(layer: &mut Layer, at: Point) {
    let place = Place { at, scale: 150.0, angle: -0.08, facing: 1.0 };
    let body = Shape::smooth(&place.all(&[
        (0.50, 0.02),
        (0.42, -0.12),
        (0.20, -0.20),
        (-0.05, -0.21),
        (-0.12, -0.245),
        (-0.17, -0.20),
        (-0.35, -0.11),
        (-0.52, -0.06),
        (-0.40, 0.03),
        (-0.1, 0.06),
        (0.25, 0.08),
    ]));
    let tail = Shape::smooth(&place.all(&[
        (-0.50, -0.06),
        (-0.60, -0.16),
        (-0.74, -0.22),
        (-0.66, -0.12),
        (-0.70, 0.00),
        (-0.60, -0.03),
    ]));
    for shape in [&tail, &body] {
        layer.paint(
            shape.bounds(2.0),
            |x, y| shape.mask(x, y),
            |_, y| mix(mix(NAVY, TEAL, 0.35), HAZE, smooth(at.1 - 6.0, at.1 + 10.0, y)),
        );
    }
    for line in 0..5 {
        let y = 0.015 + line as f32 * 0.014;
        pen(layer, &place.all(&[(0.46 - line as f32 * 0.02, y), (0.22, y + 0.014), (0.04, y)]), 1.0, NAVY);
    }
    let fin =
        Shape::smooth(&place.all(&[(0.16, 0.02), (0.10, 0.16), (0.00, 0.24), (0.03, 0.12), (0.08, 0.03)]));
    layer.paint(fin.bounds(2.0), |x, y| fin.mask(x, y), |_, _| NAVY);
    for side in [-1.0, 1.0] {
        let spout = Stroke::curved(
            &place.all(&[
                (0.28, -0.20),
                (0.28 + side * 0.02, -0.36),
                (0.28 + side * 0.09, -0.44),
                (0.28 + side * 0.15, -0.38),
            ]),
            4.0,
            1.2,
        );
        layer.paint(spout.bounds(), |x, y| spout.mask(x, y), |_, _| TEAL);
    }
    let eye = place.map((0.37, -0.02));
    layer.paint(
        (eye.0 - 5.0, eye.1 - 5.0, eye.0 + 5.0, eye.1 + 5.0),
        |x, y| edge(circle(x, y, eye, 2.4), 1.2),
        |_, _| PAPER,
    );
}

fn frame(layer: &mut Layer) {
    let (width, height) = (1600.0, 1067.0);
    layer.paint(
        ALL,
        |x, y| {
            let inset = x.min(y).min(width - x).min(height - y);
            edge(inset - 52.0, 1.2)
        },
        |x, y| mix(PAPER, SAND, smooth(0.45, 0.8, fbm(x / 200.0, y / 200.0, 3, 881)) * 0.5),
    );
    for (inset, thickness) in [(52.0, 2.4), (40.0, 1.4), (26.0, 1.4)] {
        pen(
            layer,
            &[
                (inset, inset),
                (width - inset, inset),
                (width - inset, height - inset),
                (inset, height - inset),
                (inset, inset),
            ],
            thickness,
            NAVY,
        );
    }
    // Minutes in black and white along the edge.
    let bar = |layer: &mut Layer, from: Point, to: Point| {
        let shape = Shape(vec![from, (to.0, from.1), to, (from.0, to.1)]);
        layer.paint(shape.bounds(1.0), |x, y| shape.mask(x, y), |_, _| NAVY);
    };
    for index in 0..18 {
        let x = 52.0 + index as f32 * (width - 104.0) / 18.0;
        let y = 52.0 + index as f32 * (height - 104.0) / 18.0;
        let (dx, dy) = ((width - 104.0) / 36.0, (height - 104.0) / 36.0);
        bar(layer, (x, 26.0), (x + dx, 40.0));
        bar(layer, (x, height - 40.0), (x + dx, height - 26.0));
        bar(layer, (26.0, y), (40.0, y + dy));
        bar(layer, (width - 40.0, y), (width - 26.0, y + dy));
    }
}
