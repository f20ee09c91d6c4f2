"""Makes tests/parity/fixtures/training.json: training steps as Keras takes them, in float64.

Run:  python3 scripts/golden/training.py         (PyTorch 1.13 or newer)

A small model (mean of three words' embeddings, then a dense layer) takes some steps under every
optimizer and every way of clipping, with L2 and smoothed labels. Losses and gradients are PyTorch's.
Keras's update rules are spelled out, since its epsilons stand elsewhere than PyTorch's; without an
epsilon both must agree, and that is checked here.
"""

import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)

TARGET = Path(__file__).parents[2] / "tests/parity/fixtures/training.json"
WORDS, SIZE, BATCH, TIME, STEPS = 7, 3, 4, 3, 6
L2 = {"embedding": 0.01, "dense": 0.02}
SMOOTHING = 0.1
RATES = [0.05, 0.05, 0.02, 0.08, 0.01, 0.05]


def draw(*shape):
    """Uniform from -1 to 1 in four decimals, which keeps the file short."""
    return ((torch.rand(*shape) * 2 - 1) * 1e4).round() / 1e4


def adam(s, state, w, g, rate, t):
    m = state.setdefault("m", torch.zeros_like(w))
    v = state.setdefault("v", torch.zeros_like(w))
    m += (g - m) * (1 - s["beta1"])
    v += (g * g - v) * (1 - s["beta2"])
    alpha = rate * (1 - s["beta2"] ** t) ** 0.5 / (1 - s["beta1"] ** t)
    return w - alpha * m / (v.sqrt() + s["epsilon"])


def rmsprop(s, state, w, g, rate, t):
    v = state.setdefault("v", torch.zeros_like(w))
    v.mul_(s["rho"]).add_((1 - s["rho"]) * g * g)
    return w - rate * g / (v + s["epsilon"]).sqrt()


def sgd(s, state, w, g, rate, t):
    if s["momentum"] == 0:
        return w - rate * g
    m = state.setdefault("m", torch.zeros_like(w))
    m.mul_(s["momentum"]).sub_(rate * g)
    return w + s["momentum"] * m - rate * g if s["nesterov"] else w + m


RULES = {"adam": adam, "rmsprop": rmsprop, "sgd": sgd}
ADAM = {"name": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-3}
RMSPROP = {"name": "rmsprop", "rho": 0.9, "epsilon": 1e-3}
SGD = {"name": "sgd", "momentum": 0, "nesterov": False}
OPTIMIZERS = [ADAM, RMSPROP, SGD, {**SGD, "momentum": 0.9}, {**SGD, "momentum": 0.9, "nesterov": True}]
CLIPPINGS = [
    {"kind": "none"},
    {"kind": "clipnorm", "value": 0.05},
    {"kind": "global_clipnorm", "value": 0.08},
    {"kind": "clipvalue", "value": 0.02},
]


def clip(kind, value, gradients):
    """As tf.clip_by_norm, tf.clip_by_global_norm and tf.clip_by_value."""
    if kind == "clipnorm":
        return [g * value / max(g.norm().item(), value) for g in gradients]
    if kind == "global_clipnorm":
        norm = sum(g.norm() ** 2 for g in gradients).sqrt().item()
        return [g * value / max(norm, value) for g in gradients]
    if kind == "clipvalue":
        return [g.clamp(-value, value) for g in gradients]
    return gradients


def loss_of(weights, ids, labels):
    embeddings, kernel, bias = weights
    logits = (embeddings[ids].mean(1) @ kernel + bias).flatten()
    smooth = labels * (1 - SMOOTHING) + SMOOTHING / 2
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, smooth)
    return loss + L2["embedding"] * (embeddings**2).sum() + L2["dense"] * (kernel**2).sum()


def angle(raw, clipped):
    raw, clipped = (torch.cat([g.flatten() for g in gs]) for gs in (raw, clipped))
    return torch.acos((raw @ clipped / raw.norm() / clipped.norm()).clamp(max=1)).item()


def train(start, batches, optimizer, clipping):
    weights = [w.clone() for w in start]
    states = [{} for _ in weights]
    steps = []
    for t, (ids, labels) in enumerate(batches):
        leaves = [w.clone().requires_grad_() for w in weights]
        loss = loss_of(leaves, ids, labels)
        raw = torch.autograd.grad(loss, leaves)
        clipped = clip(clipping["kind"], clipping.get("value"), raw)
        rule = RULES[optimizer["name"]]
        weights = [
            rule(optimizer, state, w, g, RATES[t], t + 1)
            for state, w, g in zip(states, weights, clipped)
        ]
        steps.append(
            {
                "loss": loss.item(),
                "norms": [g.norm().item() for g in raw],
                "clippedNorms": [g.norm().item() for g in clipped],
                "angle": angle(raw, clipped),
            }
        )
    return {
        "optimizer": optimizer,
        "clipping": clipping,
        "steps": steps,
        "weights": [w.flatten().tolist() for w in weights],
    }


def check_rules():
    """Against torch.optim, where both mean the same."""
    gradients = [draw(5) for _ in range(4)]
    for settings, kind, options in (
        ({**ADAM, "epsilon": 0}, torch.optim.Adam, {"eps": 0}),
        ({**RMSPROP, "epsilon": 0}, torch.optim.RMSprop, {"alpha": 0.9, "eps": 0}),
        (SGD, torch.optim.SGD, {}),
        (OPTIMIZERS[3], torch.optim.SGD, {"momentum": 0.9}),
        (OPTIMIZERS[4], torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
    ):
        w, state = draw(5), {}
        theirs = w.clone().requires_grad_()
        optimizer = kind([theirs], lr=0.1, **options)
        for t, g in enumerate(gradients):
            w = RULES[settings["name"]](settings, state, w, g, 0.1, t + 1)
            theirs.grad = g.clone()
            optimizer.step()
        assert torch.allclose(w, theirs, rtol=1e-12), settings


torch.manual_seed(1)
check_rules()
start = [draw(WORDS, SIZE), draw(SIZE, 1), draw(1)]
batches = [
    (torch.randint(WORDS, (BATCH, TIME)), torch.randint(2, (BATCH,)).double()) for _ in range(STEPS)
]
cases = [train(start, batches, o, CLIPPINGS[0]) for o in OPTIMIZERS]
cases += [train(start, batches, SGD, c) for c in CLIPPINGS[1:]]
TARGET.write_text(
    json.dumps(
        {
            "l2": L2,
            "labelSmoothing": SMOOTHING,
            "learningRates": RATES,
            "start": [w.flatten().tolist() for w in start],
            "batches": [{"ids": i.flatten().tolist(), "labels": y.tolist()} for i, y in batches],
            "cases": cases,
        }
    )
)
