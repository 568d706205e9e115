//! The yacht *Meltemi*: a sloop seen from the side. One unit is her length, the waterline lies at
//! 0, and she looks right.

use crate::{
    layer::Layer,
    palette::{Rgb, mix},
    shapes::{Place, Point, Shape, Stroke, smooth},
};

/// The colours she is painted in.
#[derive(Clone, Copy)]
pub struct Colours {
    pub hull: Rgb,
    pub hull_shade: Rgb,
    pub stripe: Rgb,
    pub sail: Rgb,
    pub sail_shade: Rgb,
    pub line: Rgb,
}

/// What she carries.
#[derive(Clone, Copy, PartialEq)]
pub enum Sails {
    Full,
    Reefed,
    Furled,
}

const HULL: &[Point] = &[
    (-0.50, -0.088),
    (-0.25, -0.078),
    (0.0, -0.078),
    (0.25, -0.092),
    (0.44, -0.112),
    (0.53, -0.124),
    (0.515, -0.092),
    (0.475, -0.035),
    (0.43, 0.012),
    (0.2, 0.022),
    (-0.2, 0.022),
    (-0.40, 0.010),
    (-0.47, -0.030),
];

/// Draws her; `place.scale` is her length in pixels.
pub fn draw(layer: &mut Layer, place: &Place, colours: &Colours, sails: Sails) {
    let thin = (place.scale * 0.0032).max(0.8);
    let (top, reef) = match sails {
        Sails::Full | Sails::Furled => (-1.25, 0.0),
        Sails::Reefed => (-0.86, 0.06),
    };
    line(layer, place, &[(0.075, -0.09), (0.055, -1.29)], thin * 2.6, thin * 1.6, colours.line);
    for stay in [[(0.055, -1.27), (-0.49, -0.09)], [(0.055, -1.24), (0.52, -0.124)]] {
        line(layer, place, &stay, thin * 0.7, thin * 0.7, colours.line);
    }
    match sails {
        Sails::Furled => furled(layer, place, colours, thin),
        Sails::Full | Sails::Reefed => {
            mainsail(layer, place, colours, top, reef, thin);
            headsail(layer, place, colours, sails, thin);
        }
    }
    line(layer, place, &[(0.08, -0.165), (-0.42, -0.178)], thin * 2.4, thin * 1.8, colours.line);
    hull(layer, place, colours, thin);
}

fn mainsail(layer: &mut Layer, place: &Place, colours: &Colours, top: f32, reef: f32, thin: f32) {
    let clew = (-0.41 + reef, -0.19);
    let leech = |t: f32| {
        let bulge = (t * (1.0 - t)) * 0.30;
        (0.048 + (clew.0 - 0.048) * t - bulge * 0.62, top + (clew.1 - top) * t - bulge * 0.10)
    };
    let mut points = vec![(0.058, -0.18), (0.048, top)];
    points.extend((1..=12).map(|step| leech(step as f32 / 12.0)));
    sail(layer, place, colours, &points, 1.0);
    for step in 1..6 {
        let t = step as f32 / 6.0;
        let luff = (0.058, top + (-0.18 - top) * (t + 0.06));
        line(
            layer,
            place,
            &[luff, leech(t)],
            thin * 0.5,
            thin * 0.5,
            mix(colours.sail_shade, colours.line, 0.3),
        );
    }
}

fn headsail(layer: &mut Layer, place: &Place, colours: &Colours, sails: Sails, thin: f32) {
    let (top, clew) = match sails {
        Sails::Reefed => (-0.72, (0.12, -0.19)),
        _ => (-1.13, (-0.06, -0.19)),
    };
    let tack = (0.505, -0.135);
    let luff = |height: f32| (0.505 - (height - 0.135) / (1.24 - 0.124) * 0.45, -height);
    let head = luff(-top);
    let mut points = vec![tack];
    points.extend((1..12).map(|step| {
        let t = step as f32 / 12.0;
        let (x, y) = luff(0.135 + (-top - 0.135) * t);
        (x + (t * (1.0 - t)) * 0.05, y)
    }));
    points.push(head);
    points.extend((1..=12).map(|step| {
        let t = step as f32 / 12.0;
        let hollow = t * (1.0 - t) * 0.10;
        (head.0 + (clew.0 - head.0) * t + hollow * 0.5, head.1 + (clew.1 - head.1) * t)
    }));
    points.extend((1..8).map(|step| {
        let t = step as f32 / 8.0;
        (clew.0 + (tack.0 - clew.0) * t, clew.1 + (tack.1 - clew.1) * t + t * (1.0 - t) * 0.13)
    }));
    sail(layer, place, colours, &points, 0.0);
    for step in 2..7 {
        let t = step as f32 / 7.0;
        let from = luff(0.135 + (-top - 0.135) * (1.0 - t));
        let to = (head.0 + (clew.0 - head.0) * t, head.1 + (clew.1 - head.1) * t);
        line(layer, place, &[from, to], thin * 0.5, thin * 0.5, mix(colours.sail_shade, colours.line, 0.25));
    }
}

/// A sail with a soft belly: light at the luff, shade towards the leech.
fn sail(layer: &mut Layer, place: &Place, colours: &Colours, points: &[Point], dark: f32) {
    let shape = Shape(place.all(points));
    let bounds = shape.bounds(2.0);
    let span = (bounds.2 - bounds.0).max(1.0);
    let facing = place.facing;
    layer.paint(
        bounds,
        |x, y| shape.mask(x, y),
        |x, y| {
            let across = if facing > 0.0 { (bounds.2 - x) / span } else { (x - bounds.0) / span };
            let up = (y - bounds.1) / (bounds.3 - bounds.1);
            let belly = across * 0.8 + up * 0.35 + dark * 0.16 - 0.25;
            mix(colours.sail, colours.sail_shade, smooth(0.15, 0.95, belly))
        },
    );
}

fn furled(layer: &mut Layer, place: &Place, colours: &Colours, thin: f32) {
    line(
        layer,
        place,
        &[(0.07, -0.19), (-0.2, -0.195), (-0.41, -0.19)],
        thin * 5.0,
        thin * 3.0,
        colours.sail,
    );
    line(layer, place, &[(0.50, -0.14), (0.075, -1.18)], thin * 2.2, thin * 1.2, colours.sail_shade);
}

fn hull(layer: &mut Layer, place: &Place, colours: &Colours, thin: f32) {
    let cabin = Shape(place.all(&[(-0.16, -0.08), (-0.14, -0.118), (0.12, -0.124), (0.22, -0.09)]));
    layer.paint(cabin.bounds(2.0), |x, y| cabin.mask(x, y), |_, _| mix(colours.hull, colours.sail, 0.55));
    for x in [-0.09, -0.02, 0.05] {
        line(layer, place, &[(x, -0.103), (x + 0.035, -0.104)], thin * 2.4, thin * 2.4, colours.line);
    }
    // A dodger, and somebody's rail around the cockpit.
    let dodger = [
        (-0.215, -0.082),
        (-0.195, -0.128),
        (-0.17, -0.143),
        (-0.135, -0.141),
        (-0.105, -0.118),
        (-0.105, -0.082),
    ];
    let dodger = Shape(place.all(&dodger));
    layer.paint(dodger.bounds(2.0), |x, y| dodger.mask(x, y), |_, _| colours.stripe);
    line(
        layer,
        place,
        &[(-0.50, -0.088), (-0.50, -0.135), (-0.40, -0.132), (0.47, -0.160), (0.52, -0.124)],
        thin * 0.6,
        thin * 0.6,
        colours.line,
    );
    let shape = Shape::smooth(&place.all(HULL));
    let bounds = shape.bounds(2.0);
    layer.paint(
        bounds,
        |x, y| shape.mask(x, y),
        |_, y| mix(colours.hull, colours.hull_shade, smooth(bounds.1, bounds.3, y)),
    );
    let sheer =
        [(-0.492, -0.070), (-0.25, -0.062), (0.0, -0.062), (0.25, -0.075), (0.44, -0.094), (0.505, -0.104)];
    line(layer, place, &sheer, thin * 2.4, thin * 2.0, colours.stripe);
}

/// A line in her drawing.
fn line(layer: &mut Layer, place: &Place, points: &[Point], from: f32, to: f32, colour: Rgb) {
    let stroke = Stroke::tapered(&place.all(points), from, to);
    layer.paint(stroke.bounds(), |x, y| stroke.mask(x, y), |_, _| colour);
}
