//! The script heap (`signet_sandbox`, `engine/arena.rs`) against a model: blocks do not overlap and keep their bytes, a
//! restore brings everything back, nothing of what was there before shows, and the budget is obeyed.

use arbitrary::{Arbitrary, Unstructured};
use signet_sandbox::fuzzing::{Block, Heap};

const RESERVE: usize = 256 << 10;
const MAX_STEPS: usize = 400;
/// Looking at all blocks after each step would leave no time for many steps.
const CHECK_EVERY: u8 = 16;

#[derive(Debug, Arbitrary)]
enum Step {
    Take { size: Size, zeroed: bool },
    Resize { which: u8, size: Size },
    Give { which: u8 },
    Write { which: u8 },
    Snapshot,
    Restore,
    Budget { kilobytes: u16 },
}

/// Sizes around the borders of size classes, and some that nobody could have.
#[derive(Debug, Arbitrary)]
enum Size {
    Small(u8),
    Medium(u16),
    Power { bits: u8, less: bool },
}

impl Size {
    fn bytes(&self) -> usize {
        match self {
            Self::Small(bytes) => usize::from(*bytes),
            Self::Medium(bytes) => usize::from(*bytes),
            Self::Power { bits, less } => (1usize << (bits % 63)).wrapping_sub(8 * usize::from(*less)),
        }
    }
}

/// A block and the byte that fills it.
#[derive(Debug, Clone, Copy)]
struct Marked {
    block: Block,
    mark: u8,
}

/// What the heap should hold.
#[derive(Debug, Clone)]
struct Model {
    blocks: Vec<Marked>,
    /// What the heap may grow to.
    cap: usize,
    ran_out: bool,
}

pub fn run(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let mut heap = Heap::new(RESERVE).expect("a little address space");
    let mut model = Model { blocks: Vec::new(), cap: RESERVE, ran_out: false };
    let mut saved = None;
    for mark in (1..=u8::MAX).cycle().take(MAX_STEPS) {
        let Ok(step) = Step::arbitrary(&mut input) else { break };
        step_once(&mut heap, &mut model, &mut saved, (&step, mark));
        assert!(heap.used() <= model.cap, "more than the budget");
        assert_eq!(heap.ran_out(), model.ran_out, "a refused request is remembered until the restore");
        if mark % CHECK_EVERY == 0 || matches!(step, Step::Restore) {
            check(&mut heap, &model);
        }
        if input.is_empty() {
            break;
        }
    }
    check(&mut heap, &model);
}

fn step_once(heap: &mut Heap, model: &mut Model, saved: &mut Option<(Model, usize)>, (step, mark): (&Step, u8)) {
    let place = |which: u8| (!model.blocks.is_empty()).then(|| usize::from(which) % model.blocks.len());
    match step {
        Step::Take { size, zeroed } => match heap.take(size.bytes(), *zeroed) {
            None => model.ran_out = true,
            Some(block) => {
                assert!(!zeroed || heap.bytes(&block).iter().all(|byte| *byte == 0), "zeros were asked for");
                fill(heap, model, block, mark);
            }
        },
        Step::Resize { which, size } => {
            let (Some(place), size) = (place(*which), size.bytes().max(1)) else { return };
            let Marked { block, mark: old } = model.blocks[place];
            match heap.resize(block, size) {
                None => model.ran_out = true,
                Some(moved) => {
                    let kept = block.size().min(size);
                    assert!(heap.bytes(&moved)[..kept].iter().all(|byte| *byte == old), "bytes were lost on the way");
                    model.blocks.swap_remove(place);
                    fill(heap, model, moved, mark);
                }
            }
        }
        Step::Give { which } => {
            if let Some(place) = place(*which) {
                heap.give(model.blocks.swap_remove(place).block);
            }
        }
        Step::Write { which } => {
            if let Some(place) = place(*which) {
                let block = model.blocks.swap_remove(place).block;
                fill(heap, model, block, mark);
            }
        }
        Step::Snapshot => {
            heap.snapshot();
            *saved = Some((model.clone(), heap.used()));
        }
        Step::Restore => {
            assert_eq!(heap.restore(), saved.is_some());
            if let Some((before, used)) = saved {
                *model = before.clone();
                assert_eq!(heap.used(), *used);
                assert!(heap.rest_is_zero(), "something of before is left");
            }
        }
        Step::Budget { kilobytes } => {
            let bytes = usize::from(*kilobytes) << 10;
            heap.set_budget(bytes);
            model.cap = heap.used().saturating_add(bytes).min(RESERVE);
        }
    }
}

fn fill(heap: &mut Heap, model: &mut Model, block: Block, mark: u8) {
    assert_eq!(block.address() % 16, 0);
    assert!(heap.usable(&block) >= block.size());
    heap.bytes(&block).fill(mark);
    model.blocks.push(Marked { block, mark });
}

fn check(heap: &mut Heap, model: &Model) {
    let mut ranges: Vec<_> = Vec::with_capacity(model.blocks.len());
    for Marked { block, mark } in &model.blocks {
        ranges.push((block.address(), heap.usable(block)));
        assert!(heap.bytes(block).iter().all(|byte| byte == mark), "another block wrote over this one");
    }
    ranges.sort_unstable();
    assert!(ranges.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0), "blocks overlap: {ranges:?}");
}
