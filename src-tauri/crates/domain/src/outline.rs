//! The outline of a unit on the site plan of its project. Owns the coordinates of a plan and the checks of a polygon.
//! Must not know: units, spreadsheets.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Side of a site plan: coordinates are from 0 to this value, `x` to the right and `y` down.
pub const PLAN_SIZE: i32 = 10_000;
/// Maximum number of points of an outline.
pub const MAX_POINTS: usize = 100;

/// A point of a site plan, as `[x, y]`.
pub type PlanPoint = [i32; 2];

/// A polygon on a site plan: at least three points, all on the plan, whose sides meet only at the corners.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "Vec<PlanPoint>")]
pub struct Outline(Vec<PlanPoint>);

/// Why points are not an outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OutlineError {
    /// Fewer than three points.
    #[error("at least 3 points")]
    TooFewPoints,
    /// More than [`MAX_POINTS`].
    #[error("at most {MAX_POINTS} points")]
    TooManyPoints,
    /// A point that is not on the plan.
    #[error("points on the plan, with coordinates from 0 to {PLAN_SIZE}")]
    OutsideOfPlan,
    /// A side that crosses or touches another one, or has no length.
    #[error("points in the order of the border, whose sides do not cross or touch each other")]
    SelfIntersecting,
}

impl Outline {
    /// Checks the points. The first one may be repeated at the end.
    pub fn new(mut points: Vec<PlanPoint>) -> Result<Self, OutlineError> {
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        if points.len() < 3 {
            return Err(OutlineError::TooFewPoints);
        }
        if points.len() > MAX_POINTS {
            return Err(OutlineError::TooManyPoints);
        }
        if points
            .iter()
            .flatten()
            .any(|value| !(0..=PLAN_SIZE).contains(value))
        {
            return Err(OutlineError::OutsideOfPlan);
        }
        if intersects_itself(&points) {
            return Err(OutlineError::SelfIntersecting);
        }
        Ok(Self(points))
    }

    /// The corners, in the order of the border.
    pub fn points(&self) -> &[PlanPoint] {
        &self.0
    }
}

impl TryFrom<Vec<PlanPoint>> for Outline {
    type Error = OutlineError;

    fn try_from(points: Vec<PlanPoint>) -> Result<Self, OutlineError> {
        Self::new(points)
    }
}

fn intersects_itself(points: &[PlanPoint]) -> bool {
    let count = points.len();
    let side = |index: usize| (points[index % count], points[(index + 1) % count]);
    (0..count).any(|first| {
        let (from, to) = side(first);
        let (_, after) = side(first + 1);
        let folds_back = turn(from, to, after) == 0 && extends_back(from, to, after);
        // The sides next to this one share a corner with it.
        let crosses = (first + 2..count)
            .filter(|second| (second + 1) % count != first)
            .any(|second| meet(side(first), side(second)));
        from == to || folds_back || crosses
    })
}

/// Above 0 if the way from `a` over `b` to `c` turns to one side, below 0 for the other side, 0 if it is straight.
fn turn(a: PlanPoint, b: PlanPoint, c: PlanPoint) -> i64 {
    let [ax, ay] = a.map(i64::from);
    let [bx, by] = b.map(i64::from);
    let [cx, cy] = c.map(i64::from);
    (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
}

/// Whether `after` lies on the same side of `corner` as `from`, for three points on one line.
fn extends_back(from: PlanPoint, corner: PlanPoint, after: PlanPoint) -> bool {
    let along = |axis: usize| {
        let corner = i64::from(corner[axis]);
        (i64::from(from[axis]) - corner) * (i64::from(after[axis]) - corner)
    };
    along(0) + along(1) > 0
}

/// Whether two sides have a point in common.
fn meet((a, b): (PlanPoint, PlanPoint), (c, d): (PlanPoint, PlanPoint)) -> bool {
    let within = |from: PlanPoint, to: PlanPoint, point: PlanPoint| {
        turn(from, to, point) == 0
            && (0..2).all(|axis| (from[axis].min(to[axis])..=from[axis].max(to[axis])).contains(&point[axis]))
    };
    let crosses = turn(a, b, c).signum() * turn(a, b, d).signum() < 0
        && turn(c, d, a).signum() * turn(c, d, b).signum() < 0;
    crosses || within(a, b, c) || within(a, b, d) || within(c, d, a) || within(c, d, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [PlanPoint; 4] = [[0, 0], [100, 0], [100, 100], [0, 100]];

    fn error(points: &[PlanPoint]) -> OutlineError {
        Outline::new(points.to_vec()).unwrap_err()
    }

    #[test]
    fn simple_polygons_are_outlines() {
        let concave = [[0, 0], [100, 0], [100, 100], [50, 40], [0, 100]];
        for points in [&SQUARE[..], &SQUARE[..3], &concave] {
            assert_eq!(Outline::new(points.to_vec()).unwrap().points(), points);
        }
        let straight_corner = [[0, 0], [50, 0], [100, 0], [100, 100]];
        assert!(Outline::new(straight_corner.to_vec()).is_ok());
    }

    #[test]
    fn a_repeated_first_point_is_dropped() {
        let closed = [&SQUARE[..], &SQUARE[..1]].concat();
        assert_eq!(Outline::new(closed).unwrap().points(), SQUARE);
    }

    #[test]
    fn too_few_too_many_and_distant_points_are_refused() {
        assert_eq!(error(&[]), OutlineError::TooFewPoints);
        assert_eq!(error(&[[0, 0], [9, 9], [0, 0]]), OutlineError::TooFewPoints);
        assert_eq!(error(&[[1, 2]; MAX_POINTS + 2]), OutlineError::TooManyPoints);
        for outside in [[PLAN_SIZE + 1, 0], [5, -1]] {
            assert_eq!(error(&[[0, 0], outside, [0, 5]]), OutlineError::OutsideOfPlan);
        }
    }

    #[test]
    fn sides_that_cross_touch_or_fold_back_are_refused() {
        let bow_tie = [[0, 0], [100, 100], [100, 0], [0, 100]];
        let touching = [[0, 0], [100, 0], [100, 100], [50, 0], [0, 100]];
        let line = [[0, 0], [50, 50], [100, 100]];
        let repeated = [[0, 0], [0, 0], [100, 0], [100, 100]];
        for points in [&bow_tie[..], &touching, &line, &repeated] {
            assert_eq!(error(points), OutlineError::SelfIntersecting, "{points:?}");
        }
    }

    #[test]
    fn json_is_checked_like_any_points() {
        let json = "[[0,0],[100,0],[0,100]]";
        let outline: Outline = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&outline).unwrap(), json);
        assert!(serde_json::from_str::<Outline>("[[0,0],[100,0]]").is_err());
        assert!(serde_json::from_str::<Outline>("[[0,0],[-1,0],[0,9]]").is_err());
    }
}
