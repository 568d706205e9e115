//! A squall from the east: dark cloud, rain, a band of light, and two reefs in the mainsail.

use crate::{
    layer::{ALL, Layer},
    nature::{Island, sky, streak},
    noise::{fbm, noise},
    palette::{AMBER, CORAL, DEEP, FOAM, HAZE, INK, LAGOON, NAVY, PAPER, PLUM, SAND, TEAL, mix, shade},
    shapes::{Place, smooth},
    swell::{Swell, fill, spray},
    yacht::{Colours, Sails, draw},
};

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 1067);
    let horizon = 610.0;
    sky(
        &mut layer,
        horizon,
        &[
            (0.0, mix(NAVY, HAZE, 0.32)),
            (0.5, mix(HAZE, PAPER, 0.2)),
            (0.86, mix(SAND, AMBER, 0.3)),
            (1.0, mix(AMBER, CORAL, 0.3)),
        ],
        201,
    );
    for (at, half, seed) in [
        ((260.0, 470.0), (420.0, 12.0), 3),
        ((120.0, 535.0), (380.0, 9.0), 5),
        ((520.0, 560.0), (300.0, 7.0), 9),
    ] {
        streak(&mut layer, at, half, mix(CORAL, PLUM, 0.2), 0.7, seed);
    }
    Island {
        base: horizon + 3.0,
        peaks: &[(170.0, 200.0, 86.0), (380.0, 120.0, 42.0), (20.0, 120.0, 64.0)],
        rough: 30.0,
        tones: [mix(PLUM, NAVY, 0.6), mix(PLUM, NAVY, 0.4), mix(PLUM, AMBER, 0.25)],
        haze: (mix(AMBER, PLUM, 0.4), 0.7),
        seed: 205,
    }
    .paint(&mut layer);
    clouds(&mut layer);
    rain(&mut layer, horizon);
    let swell = |base: f32, tall: f32, length: f32, shift: f32, light: f32, breaking: f32, seed| Swell {
        base,
        tall,
        length,
        shift,
        crest: mix(mix(NAVY, TEAL, 0.75), LAGOON, light),
        body: mix(NAVY, INK, 0.35),
        foam: mix(FOAM, HAZE, 0.2),
        breaking,
        seed,
    };
    fill(&mut layer, horizon, mix(NAVY, TEAL, 0.55));
    swell(622.0, 12.0, 180.0, 10.0, 0.0, 0.5, 221).paint(&mut layer);
    swell(650.0, 28.0, 300.0, 150.0, 0.05, 0.6, 222).paint(&mut layer);
    swell(704.0, 48.0, 520.0, 330.0, 0.15, 0.6, 223).paint(&mut layer);
    let colours = Colours {
        hull: FOAM,
        hull_shade: mix(HAZE, NAVY, 0.35),
        stripe: CORAL,
        sail: mix(PAPER, SAND, 0.35),
        sail_shade: mix(HAZE, PLUM, 0.4),
        line: INK,
    };
    draw(
        &mut layer,
        &Place { at: (640.0, 770.0), scale: 420.0, angle: 0.17, facing: -1.0 },
        &colours,
        Sails::Reefed,
    );
    swell(796.0, 60.0, 760.0, 60.0, 0.3, 0.7, 226).paint(&mut layer);
    spray(&mut layer, (448.0, 738.0), 150.0, mix(FOAM, HAZE, 0.15), 231);
    swell(900.0, 92.0, 1060.0, 60.0, 0.4, 0.75, 227).paint(&mut layer);
    Swell { body: shade(INK, 0.9), ..swell(1035.0, 84.0, 1300.0, 700.0, 0.15, 0.4, 228) }.paint(&mut layer);
    layer
}

/// The shelf of the squall: a dark mass from the right whose lower edge is torn.
fn clouds(layer: &mut Layer) {
    let lower = |x: f32| {
        let reach = smooth(-100.0, 1150.0, x);
        110.0 + reach * 250.0 + (fbm(x / 170.0, 2.0, 4, 241) - 0.5) * 120.0
    };
    let mass =
        |x: f32, y: f32| smooth(26.0, -26.0, y - lower(x) + (fbm(x / 60.0, y / 44.0, 4, 242) - 0.5) * 90.0);
    layer.paint(ALL, mass, |x, y| {
        let roll = fbm(x / 250.0 + y / 500.0, y / 52.0, 5, 243);
        let dark = mix(INK, NAVY, 0.65);
        let colour = mix(dark, mix(NAVY, HAZE, 0.35), smooth(0.46, 0.52, roll));
        let colour = mix(colour, mix(HAZE, PLUM, 0.3), smooth(0.60, 0.66, roll) * 0.6);
        mix(
            colour,
            mix(PLUM, AMBER, 0.35),
            smooth(lower(x) - 70.0, lower(x) + 10.0, y) * smooth(1000.0, 200.0, x) * 0.5,
        )
    });
}

fn rain(layer: &mut Layer, horizon: f32) {
    layer.paint(
        (0.0, 200.0, 1600.0, horizon),
        |x, y| {
            let slant = x + (y - horizon) * 0.34;
            let curtain = smooth(900.0, 1230.0, slant + (noise(slant / 60.0, 1.0, 251) - 0.5) * 150.0);
            let thread = fbm(slant / 26.0, y / 420.0, 4, 252) * 0.5 + 0.55;
            (curtain * thread * smooth(250.0, 430.0, y)).min(0.94)
        },
        |_, y| mix(mix(NAVY, HAZE, 0.28), mix(DEEP, HAZE, 0.3), smooth(300.0, horizon, y)),
    );
}
