//! The pictures, one file each.

pub mod admiralty_bay;
pub mod golden_hour;
pub mod night_watch;
pub mod pitons;
pub mod sail_plan;
pub mod squall;
pub mod tobago_cays;
pub mod trade_winds;
pub mod under_the_keel;
