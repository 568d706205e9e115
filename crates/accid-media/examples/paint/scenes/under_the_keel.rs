//! Under the keel, Saint Vincent: light from above, a turtle, a shoal, the reef falling away.

use crate::{
    layer::{ALL, Layer},
    noise::{Dice, caustics, fbm, noise, patches},
    palette::{
        AMBER, CORAL, DEEP, FOAM, HAZE, INK, LAGOON, LEAF, MOSS, NAVY, PAPER, PLUM, ROSE, Rgb, SAND, SHALLOW,
        TEAL, mix, ramp, shade,
    },
    shapes::{Place, Point, Shape, Stroke, circle, edge, smooth},
};

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 1067);
    layer.paint(
        ALL,
        |_, _| 1.0,
        |x, y| {
            let far = ((x - 760.0) / 1500.0).powi(2) * 0.5;
            let drift = (fbm(x / 260.0, y / 90.0, 4, 701) - 0.5) * 0.10;
            ramp(
                &[
                    (0.0, mix(SHALLOW, FOAM, 0.35)),
                    (0.14, SHALLOW),
                    (0.34, LAGOON),
                    (0.62, TEAL),
                    (0.85, DEEP),
                    (1.1, NAVY),
                ],
                y / 1067.0 + far + drift,
            )
        },
    );
    rays(&mut layer);
    surface(&mut layer);
    hull(&mut layer);
    reef(&mut layer, 900.0, 150.0, mix(TEAL, DEEP, 0.55), 711);
    shoal(&mut layer);
    reef(&mut layer, 985.0, 190.0, mix(DEEP, NAVY, 0.45), 723);
    corals(
        &mut layer,
        1010.0,
        &[mix(DEEP, PLUM, 0.5), mix(DEEP, LEAF, 0.4), mix(TEAL, DEEP, 0.7)],
        0.75,
        731,
    );
    turtle(&mut layer, &Place { at: (1235.0, 330.0), scale: 190.0, angle: 0.30, facing: -1.0 });
    reef(&mut layer, 1075.0, 150.0, mix(INK, NAVY, 0.75), 737);
    corals(
        &mut layer,
        1090.0,
        &[mix(CORAL, NAVY, 0.25), mix(AMBER, NAVY, 0.35), mix(PLUM, ROSE, 0.3), mix(MOSS, DEEP, 0.4)],
        1.25,
        741,
    );
    bubbles(&mut layer);
    layer
}

fn rays(layer: &mut Layer) {
    layer.paint(
        ALL,
        |x, y| {
            let angle = (x - 760.0).atan2(y + 420.0);
            let beam = smooth(0.52, 0.74, fbm(angle * 9.0, 1.0, 4, 751));
            beam * smooth(860.0, 60.0, y) * 0.34
        },
        |_, _| mix(FOAM, SHALLOW, 0.3),
    );
}

fn surface(layer: &mut Layer) {
    layer.paint(
        (0.0, 0.0, 1600.0, 240.0),
        |x, y| {
            let depth = (y / 230.0).max(0.0);
            let light = caustics(x / (120.0 - depth * 60.0), y / (13.0 + depth * 16.0), 761);
            (light * (1.0 - depth) * 1.1).min(0.9)
        },
        |_, _| FOAM,
    );
}

/// The yacht seen from below and aside: hull, keel and rudder against the light.
fn hull(layer: &mut Layer) {
    let place = Place { at: (560.0, 92.0), scale: 520.0, angle: 0.015, facing: 1.0 };
    let body = Shape::smooth(&place.all(&[
        (-0.5, -0.02),
        (-0.3, 0.035),
        (0.0, 0.062),
        (0.28, 0.045),
        (0.5, -0.02),
        (0.2, -0.05),
        (-0.2, -0.05),
    ]));
    let keel = Shape(place.all(&[(0.13, 0.05), (0.035, 0.215), (-0.10, 0.22), (-0.10, 0.05)]));
    let bulb = Shape::smooth(&place.all(&[
        (0.075, 0.212),
        (0.0, 0.198),
        (-0.15, 0.206),
        (-0.18, 0.216),
        (-0.14, 0.228),
        (0.0, 0.236),
    ]));
    let rudder = Shape(place.all(&[(-0.36, 0.02), (-0.37, 0.165), (-0.43, 0.165), (-0.42, 0.015)]));
    for shape in [&keel, &rudder, &bulb, &body] {
        let bounds = shape.bounds(2.0);
        layer.paint(
            bounds,
            |x, y| shape.mask(x, y),
            |x, y| {
                let light = caustics(x / 46.0, y / 20.0, 771) * 0.30;
                mix(
                    mix(mix(NAVY, DEEP, 0.35), mix(CORAL, NAVY, 0.45), smooth(150.0, 90.0, y) * 0.35),
                    SHALLOW,
                    light + smooth(260.0, 90.0, y) * 0.10,
                )
            },
        );
    }
    let chain = Stroke::curved(&[(822.0, 92.0), (985.0, 420.0), (1240.0, 730.0), (1440.0, 905.0)], 3.2, 2.0);
    layer.paint(
        chain.bounds(),
        |x, y| chain.mask(x, y) * 0.7,
        |_, y| mix(NAVY, DEEP, smooth(900.0, 100.0, y)),
    );
}

fn reef(layer: &mut Layer, base: f32, tall: f32, colour: Rgb, seed: u32) {
    let top = |x: f32| {
        let slope = smooth(1050.0, 1600.0, x) * 0.55 + smooth(520.0, 0.0, x) * 0.9;
        base - tall * (0.15 + slope) - (fbm(x / 130.0, 1.0, 5, seed) - 0.5) * tall * 0.9
    };
    layer.paint(
        (0.0, base - tall * 2.0, 1600.0, 1067.0),
        |x, y| edge(top(x) - y, 2.0),
        |x, y| {
            let bump = patches(x / 44.0, y / 30.0, 4, seed + 1);
            let lit = smooth(0.50, 0.58, bump + smooth(60.0, 0.0, y - top(x)) * 0.10);
            mix(shade(colour, 0.86), mix(colour, LAGOON, 0.20), lit * 0.8)
        },
    );
}

fn corals(layer: &mut Layer, base: f32, colours: &[Rgb], size: f32, seed: u32) {
    let mut dice = Dice::new(seed);
    for index in 0..17 {
        let side = if index % 3 == 0 { dice.between(1150.0, 1590.0) } else { dice.between(-20.0, 560.0) };
        let x = if index % 6 == 5 { dice.between(560.0, 1150.0) } else { side };
        let lift = smooth(560.0, 0.0, x) * 95.0 + smooth(1080.0, 1600.0, x) * 70.0;
        let at = (x, base - lift + dice.between(-10.0, 26.0));
        let colour = colours[index % colours.len()];
        match index % 3 {
            0 => {
                let length = 62.0 * size * dice.between(0.7, 1.2);
                branch(
                    layer,
                    Branch { at, angle: -1.57, length, thick: 7.5 * size, depth: 5 },
                    colour,
                    &mut dice,
                );
            }
            1 => brain(layer, at, 44.0 * size * dice.between(0.6, 1.2), colour, seed + index as u32),
            _ => grass(layer, at, 88.0 * size * dice.between(0.7, 1.2), colour, &mut dice),
        }
    }
}

/// A branch of a sea fan, and how many times it branches.
#[derive(Clone, Copy)]
struct Branch {
    at: Point,
    angle: f32,
    length: f32,
    thick: f32,
    depth: u32,
}

fn branch(layer: &mut Layer, from: Branch, colour: Rgb, dice: &mut Dice) {
    let Branch { at, angle, length, thick, depth } = from;
    let tip = (at.0 + angle.cos() * length, at.1 + angle.sin() * length);
    let stroke = Stroke::tapered(&[at, tip], thick, thick * 0.72);
    layer.paint(stroke.bounds(), |x, y| stroke.mask(x, y), |_, _| colour);
    let turns: &[f32] = match depth {
        0 => &[],
        1..=3 => &[-0.48, 0.50],
        _ => &[-0.48, 0.05, 0.50],
    };
    for turn in turns {
        let angle = angle + turn + dice.between(-0.15, 0.15);
        let length = length * dice.between(0.62, 0.82);
        branch(layer, Branch { at: tip, angle, length, thick: thick * 0.70, depth: depth - 1 }, colour, dice);
    }
}

fn brain(layer: &mut Layer, at: Point, radius: f32, colour: Rgb, seed: u32) {
    let bounds = (at.0 - radius * 1.4, at.1 - radius * 1.2, at.0 + radius * 1.4, at.1 + radius);
    let mask = |x: f32, y: f32| edge(circle(at.0 + (x - at.0) * 0.78, y, at, radius), 1.6);
    layer.paint(bounds, mask, |x, y| {
        let groove = (patches(x / 17.0, y / 17.0, 2, seed) * 9.0).fract();
        let lit = smooth(radius, -radius, (x - at.0) * 0.5 + (y - at.1));
        mix(shade(colour, 0.62), mix(colour, SAND, 0.12), smooth(0.25, 0.5, groove) * 0.55 + lit * 0.45)
    });
}

fn grass(layer: &mut Layer, at: Point, tall: f32, colour: Rgb, dice: &mut Dice) {
    for _ in 0..9 {
        let (lean, start) = (dice.between(-0.5, 0.5), dice.between(-22.0, 22.0));
        let height = tall * dice.between(0.6, 1.1);
        let at = (at.0 + start, at.1 + 12.0);
        let sway = [
            at,
            (at.0 + lean * height * 0.2, at.1 - height * 0.4),
            (at.0 + lean * height * 0.1, at.1 - height * 0.7),
            (at.0 + lean * height * 0.6, at.1 - height),
        ];
        let stroke = Stroke::curved(&sway, 7.5, 1.2);
        layer.paint(stroke.bounds(), |x, y| stroke.mask(x, y), |_, _| colour);
    }
}

fn shoal(layer: &mut Layer) {
    let mut dice = Dice::new(781);
    for _ in 0..150 {
        let t = dice.roll();
        let spread = 20.0 + 74.0 * (t * (1.0 - t) * 4.0);
        let at = (
            150.0 + 760.0 * t + dice.bell() * 26.0,
            640.0 - 150.0 * (t * 3.1).sin() + dice.bell() * spread * 0.5,
        );
        let heading = -(t * 3.1).cos() * 0.45 + dice.between(-0.15, 0.15);
        fish(layer, &Place { at, scale: dice.between(15.0, 27.0), angle: heading, facing: 1.0 }, dice.roll());
    }
}

fn fish(layer: &mut Layer, place: &Place, hue: f32) {
    let body = Shape::smooth(&place.all(&[
        (0.5, 0.0),
        (0.2, 0.17),
        (-0.2, 0.12),
        (-0.42, 0.02),
        (-0.42, -0.02),
        (-0.2, -0.12),
        (0.2, -0.17),
    ]));
    let tail = Shape(place.all(&[(-0.36, 0.0), (-0.66, 0.2), (-0.58, 0.0), (-0.66, -0.2)]));
    let colour = mix(mix(AMBER, SAND, 0.3), mix(NAVY, DEEP, 0.4), smooth(0.62, 0.66, hue));
    for shape in [&tail, &body] {
        layer.paint(
            shape.bounds(2.0),
            |x, y| shape.mask(x, y),
            |_, y| mix(colour, mix(colour, NAVY, 0.5), smooth(place.at.1 - 2.0, place.at.1 + 6.0, y)),
        );
    }
}

/// A green turtle, swimming up.
fn turtle(layer: &mut Layer, place: &Place) {
    let skin = mix(LEAF, DEEP, 0.30);
    let limbs: [&[Point]; 5] = [
        &[(0.30, 0.12), (0.44, 0.42), (0.34, 0.78), (0.22, 0.74), (0.20, 0.46), (0.12, 0.20)],
        &[(0.28, -0.14), (0.46, -0.30), (0.62, -0.56), (0.54, -0.62), (0.34, -0.42), (0.14, -0.20)],
        &[(-0.40, 0.10), (-0.62, 0.30), (-0.72, 0.28), (-0.62, 0.14), (-0.46, 0.0)],
        &[(-0.42, -0.08), (-0.66, -0.22), (-0.72, -0.16), (-0.60, -0.04), (-0.48, 0.02)],
        &[(0.38, -0.09), (0.56, -0.12), (0.70, -0.05), (0.70, 0.06), (0.56, 0.10), (0.38, 0.08)],
    ];
    for points in limbs {
        let shape = Shape::smooth(&place.all(points));
        layer.paint(
            shape.bounds(2.0),
            |x, y| shape.mask(x, y),
            |x, y| {
                let plate = smooth(0.50, 0.56, patches(x / 9.0, y / 9.0, 2, 791));
                mix(mix(skin, SAND, 0.18), mix(skin, NAVY, 0.4), plate)
            },
        );
    }
    let shell = Shape::smooth(&place.all(&[
        (0.46, 0.0),
        (0.34, 0.24),
        (0.04, 0.33),
        (-0.30, 0.24),
        (-0.52, 0.02),
        (-0.32, -0.24),
        (0.04, -0.33),
        (0.34, -0.25),
    ]));
    layer.paint(
        shell.bounds(2.0),
        |x, y| shell.mask(x, y),
        |x, y| {
            let rim = smooth(-16.0, -12.0, shell.distance((x, y)));
            let light = caustics(x / 30.0, y / 30.0, 793) * 0.35;
            let body = mix(
                mix(MOSS, AMBER, 0.18),
                mix(LEAF, NAVY, 0.35),
                smooth(place.at.1 - 60.0, place.at.1 + 60.0, y),
            );
            mix(mix(body, mix(SAND, MOSS, 0.4), rim * 0.8), FOAM, light * 0.6)
        },
    );
    let plates: [&[Point]; 8] = [
        &[(0.36, 0.0), (0.20, 0.0), (0.12, 0.11), (0.12, -0.11), (0.20, 0.0)],
        &[(0.12, 0.11), (-0.10, 0.12), (-0.17, 0.0), (-0.10, -0.12), (0.12, -0.11)],
        &[(-0.17, 0.0), (-0.36, 0.0), (-0.46, 0.06)],
        &[(-0.36, 0.0), (-0.45, -0.07)],
        &[(0.12, 0.11), (0.18, 0.27)],
        &[(0.12, -0.11), (0.18, -0.28)],
        &[(-0.10, 0.12), (-0.16, 0.27)],
        &[(-0.10, -0.12), (-0.16, -0.27)],
    ];
    for points in plates {
        let stroke = Stroke::new(&place.all(points), 3.0);
        layer.paint(stroke.bounds(), |x, y| stroke.mask(x, y) * 0.8, |_, _| mix(LEAF, INK, 0.45));
    }
    let eye = place.map((0.61, -0.04));
    layer.paint(
        (eye.0 - 6.0, eye.1 - 6.0, eye.0 + 6.0, eye.1 + 6.0),
        |x, y| edge(circle(x, y, eye, 3.6), 1.3),
        |_, _| INK,
    );
}

fn bubbles(layer: &mut Layer) {
    let mut dice = Dice::new(797);
    for index in 0..34 {
        let y = 1000.0 - index as f32 * 27.0;
        let at =
            (1330.0 + dice.bell() * 22.0 + noise(y / 130.0, 1.0, 798) * 60.0, y + dice.between(-10.0, 10.0));
        let radius = dice.between(1.6, 4.0) + (1000.0 - y) * 0.0032;
        let bounds = (at.0 - 12.0, at.1 - 12.0, at.0 + 12.0, at.1 + 12.0);
        layer.paint(
            bounds,
            |x, y| edge(circle(x, y, at, radius).abs() - 0.7, 1.3) * 0.75,
            |_, _| mix(FOAM, HAZE, 0.2),
        );
        layer.paint(
            bounds,
            |x, y| edge(circle(x, y, (at.0 - radius * 0.3, at.1 - radius * 0.3), radius * 0.25), 1.3) * 0.8,
            |_, _| PAPER,
        );
    }
}
