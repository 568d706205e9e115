//! Middle watch: moon, stars, a lamp in the cabin.

use crate::{
    layer::{ALL, Layer},
    nature::{Island, Sea, glitter, sky, streak, sun},
    noise::{Dice, fbm},
    palette::{AMBER, DEEP, FOAM, HAZE, INK, NAVY, PAPER, SAND, TEAL, mix, shade},
    shapes::{Place, circle, edge, smooth},
    yacht::{Colours, Sails, draw},
};

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 1067);
    let horizon = 690.0;
    sky(
        &mut layer,
        horizon,
        &[
            (0.0, shade(INK, 0.75)),
            (0.5, mix(INK, NAVY, 0.8)),
            (0.85, mix(NAVY, TEAL, 0.5)),
            (1.0, mix(TEAL, HAZE, 0.3)),
        ],
        301,
    );
    milky_way(&mut layer);
    stars(&mut layer, horizon);
    sun(&mut layer, (410.0, 320.0), 58.0, mix(FOAM, SAND, 0.25), mix(HAZE, TEAL, 0.3));
    moon_face(&mut layer);
    for (at, half, seed) in [
        ((500.0, 392.0), (330.0, 11.0), 3),
        ((180.0, 520.0), (340.0, 12.0), 7),
        ((1220.0, 585.0), (420.0, 9.0), 11),
    ] {
        streak(&mut layer, at, half, mix(NAVY, HAZE, 0.42), 0.75, seed);
    }
    Island {
        base: horizon + 2.0,
        peaks: &[(1440.0, 210.0, 118.0), (1250.0, 120.0, 56.0)],
        rough: 30.0,
        tones: [mix(INK, NAVY, 0.5), mix(INK, NAVY, 0.75), mix(NAVY, TEAL, 0.25)],
        haze: (mix(NAVY, TEAL, 0.6), 0.6),
        seed: 311,
    }
    .paint(&mut layer);
    Sea {
        horizon,
        stops: &[(0.0, mix(TEAL, NAVY, 0.45)), (0.3, mix(DEEP, NAVY, 0.7)), (1.0, mix(INK, NAVY, 0.35))],
        light: mix(TEAL, HAZE, 0.25),
        dark: shade(INK, 0.9),
        strokes: 560,
        seed: 321,
    }
    .paint(&mut layer);
    glitter(&mut layer, 410.0, horizon, 105.0, mix(PAPER, HAZE, 0.2), 331);
    let mut yacht = Layer::new(1600, 1067);
    let colours = Colours {
        hull: mix(INK, NAVY, 0.3),
        hull_shade: shade(INK, 0.7),
        stripe: mix(AMBER, NAVY, 0.2),
        sail: mix(HAZE, PAPER, 0.3),
        sail_shade: mix(NAVY, TEAL, 0.35),
        line: shade(INK, 0.7),
    };
    let place = Place { at: (930.0, 800.0), scale: 360.0, angle: -0.02, facing: -1.0 };
    draw(&mut yacht, &place, &colours, Sails::Full);
    for x in [-0.09, -0.02, 0.05] {
        lamp(&mut yacht, place.map((x + 0.017, -0.103)), 3.6, AMBER);
    }
    lamp(&mut yacht, place.map((0.055, -1.295)), 2.6, FOAM);
    layer.mirror(&yacht, 806.0, 240.0, 0.8);
    layer.over(&yacht, 1.0);
    layer
}

fn lamp(layer: &mut Layer, at: (f32, f32), radius: f32, colour: crate::palette::Rgb) {
    let reach = radius * 9.0;
    let bounds = (at.0 - reach, at.1 - reach, at.0 + reach, at.1 + reach);
    let halo = |x: f32, y: f32| (1.0 - (circle(x, y, at, 0.0) / reach)).max(0.0).powi(3) * 0.75;
    layer.paint(bounds, halo, |_, _| colour);
    layer.paint(bounds, |x, y| edge(circle(x, y, at, radius), 1.5), |_, _| mix(colour, FOAM, 0.4));
}

fn milky_way(layer: &mut Layer) {
    layer.paint(
        ALL,
        |x, y| {
            let across =
                (y - 60.0 - (1600.0 - x) * 0.36 + (fbm(x / 300.0, y / 300.0, 3, 341) - 0.5) * 220.0) / 150.0;
            let cloud = smooth(0.30, 0.75, fbm(x / 90.0, y / 70.0, 5, 342));
            (-across * across).exp() * cloud * 0.34
        },
        |_, _| mix(HAZE, TEAL, 0.25),
    );
}

fn stars(layer: &mut Layer, horizon: f32) {
    let mut dice = Dice::new(351);
    for _ in 0..620 {
        let at = (dice.between(0.0, 1600.0), dice.roll().powf(1.25) * (horizon - 30.0));
        let size = 0.55 + dice.roll().powi(7) * 2.6;
        let strength = dice.between(0.3, 1.0);
        let colour = mix(FOAM, if dice.roll() < 0.3 { AMBER } else { HAZE }, dice.between(0.0, 0.5));
        let bounds = (at.0 - 5.0, at.1 - 5.0, at.0 + 5.0, at.1 + 5.0);
        layer.paint(bounds, |x, y| edge(circle(x, y, at, size), 1.4) * strength, |_, _| colour);
    }
    // The Southern Cross, low over the land, and its two pointers.
    for (x, y, size) in [
        (1180.0, 330.0, 3.4),
        (1196.0, 470.0, 3.8),
        (1136.0, 392.0, 3.4),
        (1240.0, 386.0, 2.8),
        (1222.0, 432.0, 1.8),
    ] {
        let bounds = (x - 30.0, y - 30.0, x + 30.0, y + 30.0);
        layer.paint(
            bounds,
            |u, v| (1.0 - circle(u, v, (x, y), 0.0) / 22.0).max(0.0).powi(3) * 0.4,
            |_, _| HAZE,
        );
        layer.paint(bounds, |u, v| edge(circle(u, v, (x, y), size), 1.4), |_, _| FOAM);
    }
}

fn moon_face(layer: &mut Layer) {
    layer.paint(
        (340.0, 250.0, 480.0, 390.0),
        |x, y| {
            edge(circle(x, y, (410.0, 320.0), 57.0), 1.5)
                * smooth(0.52, 0.60, fbm(x / 26.0, y / 30.0, 3, 361))
                * 0.5
        },
        |_, _| mix(HAZE, SAND, 0.45),
    );
}
