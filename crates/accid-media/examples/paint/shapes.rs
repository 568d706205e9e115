//! Shapes and the soft masks made of them. A mask is 1 inside, 0 outside, and in between over about a pixel.

use crate::layer::Bounds;

/// A point in pixels, y downwards.
pub type Point = (f32, f32);

/// 0 below `low`, 1 above `high`, smooth in between.
pub fn smooth(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// The mask of a signed distance (negative inside) with an edge of that softness.
pub fn edge(distance: f32, softness: f32) -> f32 {
    (0.5 - distance / softness).clamp(0.0, 1.0)
}

fn to_segment(p: Point, a: Point, b: Point) -> (f32, f32) {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let t = if length > 0.0 { (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (ex, ey) = (p.0 - a.0 - dx * t, p.1 - a.1 - dy * t);
    ((ex * ex + ey * ey).sqrt(), t)
}

/// An area within points.
#[derive(Clone)]
pub struct Shape(pub Vec<Point>);

impl Shape {
    /// A closed curve through the points (Catmull-Rom).
    pub fn smooth(points: &[Point]) -> Self {
        let count = points.len();
        let mut curve = Vec::with_capacity(count * 10);
        for index in 0..count {
            let at = |offset: usize| points[(index + count + offset - 1) % count];
            curve_between([at(0), at(1), at(2), at(3)], 10, &mut curve);
        }
        Self(curve)
    }

    /// Every point moved by the function.
    pub fn map(&self, change: impl Fn(Point) -> Point) -> Self {
        Self(self.0.iter().map(|point| change(*point)).collect())
    }

    /// Distance to the edge, negative inside.
    pub fn distance(&self, p: Point) -> f32 {
        let mut nearest = f32::MAX;
        let mut inside = false;
        let mut before = self.0[self.0.len() - 1];
        for &point in &self.0 {
            nearest = nearest.min(to_segment(p, before, point).0);
            let crosses = (point.1 > p.1) != (before.1 > p.1);
            if crosses && p.0 < (before.0 - point.0) * (p.1 - point.1) / (before.1 - point.1) + point.0 {
                inside = !inside;
            }
            before = point;
        }
        if inside { -nearest } else { nearest }
    }

    /// What it lies in, with room around.
    pub fn bounds(&self, room: f32) -> Bounds {
        bounds(&self.0, room)
    }

    /// Its mask.
    pub fn mask(&self, x: f32, y: f32) -> f32 {
        edge(self.distance((x, y)), 1.3)
    }
}

fn bounds(points: &[Point], room: f32) -> Bounds {
    let start = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
    let all =
        points.iter().fold(start, |all, p| (all.0.min(p.0), all.1.min(p.1), all.2.max(p.0), all.3.max(p.1)));
    (all.0 - room, all.1 - room, all.2 + room, all.3 + room)
}

fn curve_between(p: [Point; 4], steps: usize, curve: &mut Vec<Point>) {
    for step in 0..steps {
        let t = step as f32 / steps as f32;
        let blend = |a: f32, b: f32, c: f32, d: f32| {
            0.5 * (2.0 * b
                + (c - a) * t
                + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t
                + (3.0 * b - a - 3.0 * c + d) * t * t * t)
        };
        curve.push((blend(p[0].0, p[1].0, p[2].0, p[3].0), blend(p[0].1, p[1].1, p[2].1, p[3].1)));
    }
}

/// A line drawn with a pen, thick at its start and thin at its end or the other way round.
#[derive(Clone)]
pub struct Stroke {
    points: Vec<Point>,
    from: f32,
    to: f32,
}

impl Stroke {
    /// A line through the points with one thickness.
    pub fn new(points: &[Point], thickness: f32) -> Self {
        Self::tapered(points, thickness, thickness)
    }

    /// A line through the points whose thickness changes on the way.
    pub fn tapered(points: &[Point], from: f32, to: f32) -> Self {
        Self { points: points.to_vec(), from, to }
    }

    /// A curve through the points whose thickness changes on the way.
    pub fn curved(points: &[Point], from: f32, to: f32) -> Self {
        let mut curve = Vec::new();
        let last = points.len() - 1;
        for index in 0..last {
            let at = |offset: usize| points[(index + offset).saturating_sub(1).min(last)];
            curve_between([at(0), at(1), at(2), at(3)], 10, &mut curve);
        }
        curve.push(points[last]);
        Self { points: curve, from, to }
    }

    /// What it lies in, with room around.
    pub fn bounds(&self) -> Bounds {
        bounds(&self.points, self.from.max(self.to) + 2.0)
    }

    /// Its mask; lines thinner than a pixel are fainter.
    pub fn mask(&self, x: f32, y: f32) -> f32 {
        let parts = (self.points.len() - 1) as f32;
        let mut most: f32 = 0.0;
        for (index, pair) in self.points.windows(2).enumerate() {
            let (distance, t) = to_segment((x, y), pair[0], pair[1]);
            let thickness = self.from + (self.to - self.from) * ((index as f32 + t) / parts);
            let faint = thickness.min(1.0);
            most = most.max(edge(distance - thickness.max(1.0) / 2.0, 1.3) * faint);
        }
        most
    }
}

/// A distance to a circle.
pub fn circle(x: f32, y: f32, centre: Point, radius: f32) -> f32 {
    ((x - centre.0).powi(2) + (y - centre.1).powi(2)).sqrt() - radius
}

/// A distance to an ellipse, good enough for soft edges.
pub fn ellipse(x: f32, y: f32, centre: Point, radii: Point) -> f32 {
    let (u, v) = ((x - centre.0) / radii.0, (y - centre.1) / radii.1);
    ((u * u + v * v).sqrt() - 1.0) * radii.0.min(radii.1)
}

/// Two shapes grown together.
pub fn join(a: f32, b: f32, softness: f32) -> f32 {
    let h = (0.5 + 0.5 * (b - a) / softness).clamp(0.0, 1.0);
    b + (a - b) * h - softness * h * (1.0 - h)
}

/// Turned by an angle (radians, clockwise), scaled and moved.
#[derive(Clone, Copy)]
pub struct Place {
    pub at: Point,
    pub scale: f32,
    pub angle: f32,
    /// 1, or -1 to look the other way.
    pub facing: f32,
}

impl Place {
    /// A point of a drawing at this place.
    pub fn map(&self, point: Point) -> Point {
        let (x, y) = (point.0 * self.facing * self.scale, point.1 * self.scale);
        let (sin, cos) = self.angle.sin_cos();
        (self.at.0 + x * cos - y * sin, self.at.1 + x * sin + y * cos)
    }

    /// Points of a drawing at this place.
    pub fn all(&self, points: &[Point]) -> Vec<Point> {
        points.iter().map(|point| self.map(*point)).collect()
    }
}
