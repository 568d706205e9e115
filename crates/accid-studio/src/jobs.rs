//! Jobs: long work on a thread of its own, with progress, an end, and a way to stop it.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use accid_access::{Permit, Publish, Read};
use accid_base::{ErrorCode, Id, Problem, Progress, locked};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    Inner, JobState, JobView,
    events::{Bus, Event},
};

/// How many ended jobs are remembered.
const REMEMBERED: usize = 200;
/// How many lines of what a program wrote are kept of a job.
const LINES: usize = 5_000;
/// How many lines are told at once.
const LINES_AT_ONCE: usize = 1_000;
/// Longest line that is kept, in characters.
const LONGEST_LINE: usize = 2_000;
/// How often progress is told at most.
const PACE: Duration = Duration::from_millis(100);

/// A line that a program wrote which a job runs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct JobLineView {
    /// Its number, from 1.
    pub number: u64,
    /// The line, without colours.
    pub text: String,
}

/// What the program wrote that a job runs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct JobLogView {
    /// Lines, oldest first; at most 1,000.
    pub lines: Vec<JobLineView>,
    /// The number of the last line; ask for those after it to go on.
    pub last: u64,
}

#[derive(Default)]
struct JobLog {
    lines: VecDeque<JobLineView>,
    last: u64,
}

/// A line without what moves or colours a terminal, and not longer than can be read.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\u{1b}' => drop(signs.find(char::is_ascii_alphabetic)),
            '\t' => plain.push_str("    "),
            sign if sign.is_control() => {}
            sign => plain.push(sign),
        }
        if plain.len() >= LONGEST_LINE {
            plain.push('…');
            break;
        }
    }
    plain
}

/// One job.
pub(crate) struct Job {
    view: Mutex<JobView>,
    ended: Condvar,
    cancel: AtomicBool,
    log: Mutex<JobLog>,
    told: Mutex<Option<Instant>>,
    bus: Arc<Bus>,
}

impl Job {
    fn view(&self) -> MutexGuard<'_, JobView> {
        locked(&self.view)
    }

    fn tell(&self, what: &str) {
        let view = self.view().clone();
        let deploy = view.kind == "deploy";
        let name = match (what, view.state) {
            ("progress", _) if deploy => "deploy-progress",
            ("progress", _) => "job-progress",
            ("started", _) if deploy => "deploy-started",
            ("ended", JobState::Done) if deploy => "deploy-done",
            ("ended", _) if deploy => "deploy-failed",
            ("ended", _) => "job-done",
            _ => "job-progress",
        };
        let data = serde_json::to_value(&view).unwrap_or_else(|_| json!({ "id": view.id }));
        self.bus.publish(&Event { id: None, name, project: Some(view.project), data });
    }
}

impl Progress for Job {
    fn step(&self, done: usize, total: usize, message: &str) {
        {
            let mut view = self.view();
            // Steps of several threads may arrive in another order than they were done.
            view.done = if view.total == total { view.done.max(done) } else { done };
            view.total = total;
            view.message = message.to_owned();
        }
        let due = {
            let mut told = locked(&self.told);
            let due = told.is_none_or(|at| at.elapsed() >= PACE);
            if due {
                *told = Some(Instant::now());
            }
            due
        };
        if due {
            self.tell("progress");
        }
    }

    fn waits(&self, message: &str) {
        message.clone_into(&mut self.view().message);
        self.tell("progress");
    }

    fn line(&self, text: &str) {
        let text = plain(text);
        {
            let mut log = locked(&self.log);
            log.last += 1;
            let number = log.last;
            log.lines.push_back(JobLineView { number, text: text.clone() });
            if log.lines.len() > LINES {
                log.lines.pop_front();
            }
        }
        let (done, total) = {
            let view = self.view();
            (view.done, view.total)
        };
        self.step(done, total, &text);
    }

    fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// All jobs of this process.
#[derive(Default)]
pub(crate) struct JobBook {
    jobs: Mutex<Vec<(Id, Arc<Job>)>>,
    turns: Mutex<HashMap<Id, Arc<Mutex<()>>>>,
}

impl JobBook {
    fn find(&self, id: &str) -> Result<Arc<Job>, Problem> {
        let jobs = locked(&self.jobs);
        let found = jobs.iter().find(|(known, _)| known.as_str() == id).map(|(_, job)| Arc::clone(job));
        found.ok_or_else(|| {
            Problem::new(ErrorCode::JobNotFound, "There is no such job.")
                .because("Jobs are forgotten when ACCID ends, and the oldest when there are many.")
                .fix("Start it again.")
        })
    }

    /// The project a job works on.
    pub(crate) fn project_of(&self, id: &str) -> Option<Id> {
        Some(self.find(id).ok()?.view().project.clone())
    }

    pub(crate) fn cancel_all(&self) {
        for (_, job) in locked(&self.jobs).iter() {
            job.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// The right to work on a project, which jobs take one after the other.
    pub(crate) fn turn(&self, project: &Id) -> Arc<Mutex<()>> {
        let mut turns = locked(&self.turns);
        Arc::clone(turns.entry(project.clone()).or_default())
    }
}

impl Inner {
    /// Starts work on a thread of its own; jobs of one project take turns.
    pub(crate) fn start_job(
        self: &Arc<Self>,
        kind: &'static str,
        project: Id,
        work: impl FnOnce(&Inner, &dyn Progress) -> Result<Value, Problem> + Send + 'static,
    ) -> JobView {
        let id = self.new_id();
        let turn = self.jobs.turn(&project);
        let view = JobView {
            id: id.clone(),
            kind: kind.to_owned(),
            project,
            state: JobState::Running,
            done: 0,
            total: 0,
            message: String::new(),
            result: None,
            failure: None,
            problem: None,
            code: None,
            details: None,
        };
        let job = Arc::new(Job {
            view: Mutex::new(view.clone()),
            ended: Condvar::new(),
            cancel: AtomicBool::new(false),
            log: Mutex::default(),
            told: Mutex::new(None),
            bus: Arc::clone(&self.bus),
        });
        {
            let mut jobs = locked(&self.jobs.jobs);
            jobs.push((id, Arc::clone(&job)));
            let many = jobs.len().saturating_sub(REMEMBERED);
            let mut forgotten = 0;
            jobs.retain(|(_, job)| {
                let forget = forgotten < many && job.view().state != JobState::Running;
                forgotten += usize::from(forget);
                !forget
            });
        }
        job.tell("started");
        let inner = Arc::clone(self);
        std::thread::spawn(move || {
            let outcome = {
                let _turn = locked(&turn);
                let run = std::panic::AssertUnwindSafe(|| work(&inner, job.as_ref()));
                std::panic::catch_unwind(run).unwrap_or_else(|_| {
                    Err(Problem::new(ErrorCode::Internal, "The job ended with a fault in ACCID itself.")
                        .fix("Try again; if it happens again, report it with the log."))
                })
            };
            end(&job, outcome);
        });
        view
    }
}

fn end(job: &Job, outcome: Result<Value, Problem>) {
    {
        let mut view = job.view();
        match outcome {
            Ok(result) => {
                view.state = JobState::Done;
                view.done = view.total;
                view.result = Some(result);
            }
            Err(problem) => {
                let cancelled = problem.code == ErrorCode::Cancelled;
                view.state = if cancelled { JobState::Cancelled } else { JobState::Failed };
                view.problem = Some(problem.sentence());
                view.code = Some(problem.code.as_str().to_owned());
                view.details = Some(problem.details.clone()).filter(|details| !details.is_null());
                tracing::warn!(job = %view.id, kind = %view.kind, project_id = %view.project, error = %problem, "job_failed");
                view.failure = Some(problem);
            }
        }
    }
    job.ended.notify_all();
    job.tell("ended");
}

/// Use cases about jobs.
pub struct Jobs<'a>(pub(crate) &'a Arc<Inner>);

impl Jobs<'_> {
    /// Whether a job is one of this process.
    pub fn is_known(&self, id: &str) -> bool {
        self.0.jobs.find(id).is_ok()
    }

    /// Where a job stands.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, _: &Permit<Read>, id: &str) -> Result<JobView, Problem> {
        Ok(self.0.jobs.find(id)?.view().clone())
    }

    /// What the program wrote that a job runs, after a line.
    ///
    /// # Errors
    /// When there is no such job.
    pub fn log(&self, _: &Permit<Read>, id: &str, after: u64) -> Result<JobLogView, Problem> {
        let job = self.0.jobs.find(id)?;
        let log = locked(&job.log);
        let lines: Vec<_> =
            log.lines.iter().filter(|line| line.number > after).take(LINES_AT_ONCE).cloned().collect();
        let last = lines.last().map_or(log.last, |line| line.number);
        Ok(JobLogView { lines, last })
    }

    /// Asks a job to stop at its next step.
    ///
    /// # Errors
    /// When there is none.
    pub fn cancel(&self, _: &Permit<Publish>, id: &str) -> Result<JobView, Problem> {
        let job = self.0.jobs.find(id)?;
        job.cancel.store(true, Ordering::Relaxed);
        let view = job.view().clone();
        Ok(view)
    }

    /// Waits until a job has ended; its own problem is the error.
    ///
    /// # Errors
    /// When there is none, or it failed.
    pub fn wait(&self, _: &Permit<Read>, id: &str) -> Result<JobView, Problem> {
        let job = self.0.jobs.find(id)?;
        let mut view = job.view();
        while view.state == JobState::Running {
            view = job.ended.wait(view).unwrap_or_else(PoisonError::into_inner);
        }
        match &view.failure {
            Some(problem) => Err(problem.clone()),
            None => Ok(view.clone()),
        }
    }
}
