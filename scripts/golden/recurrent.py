"""Makes tests/parity/fixtures/recurrent.json: what PyTorch computes, in float64.

Run:  python3 scripts/golden/recurrent.py        (PyTorch 1.13 or newer)

Everything is written in Keras's layout (modules.py says how PyTorch's maps to it), so that the tests
compare without thinking.

torch.nn has neither the hard sigmoid nor the GRU that resets before the product, keeps its gates to
itself and knows no mask with holes: cells.py spells those equations out and leaves the gradients to
autograd, those of every single state included.
"""

import json
import sys
from pathlib import Path

import torch

sys.dont_write_bytecode = True

from cells import spelled_out  # noqa: E402
from modules import gradients_of, parameters, run_module, valid  # noqa: E402

TARGET = Path(__file__).parents[2] / "tests/parity/fixtures/recurrent.json"
GATES = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}


def draw(*shape):
    """Uniform from -1 to 1 in four decimals, which keeps the file short."""
    return ((torch.rand(*shape) * 2 - 1) * 1e4).round() / 1e4


def attrs(cell, activation="tanh", gates="sigmoid", after=False, backwards=False):
    return {
        "cell": cell,
        "activation": activation,
        "recurrentActivation": gates,
        "resetAfter": after,
        "goBackwards": backwards,
    }


def make_layer(attributes, size, units, batch):
    cell = attributes["cell"]
    width = GATES[cell] * units
    layer = {
        "kernel": draw(size, width),
        "recurrentKernel": draw(units, width),
        "bias": draw(2, width) if attributes["resetAfter"] else draw(width),
        "h0": draw(batch, units),
    }
    if cell == "LSTM":
        layer["c0"] = draw(batch, units)
    for tensor in layer.values():
        tensor.requires_grad_()
    return {"attrs": attributes, **layer}


def plain(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().flatten().tolist()}


def fixture(name, layers, inputs, mask, outputs, kind="stack", states=None, **more):
    """Weighs every output by a made-up gradient, and writes all that goes in and comes out."""
    gradients = {key: draw(*value.shape) for key, value in outputs.items() if key in ("h", "c", "lastC")}
    loss = sum((outputs[key] * gradient).sum() for key, gradient in gradients.items())
    loss.backward()
    return {
        "name": name,
        "kind": kind,
        **more,
        "inputs": {key: plain(tensor) for key, tensor in inputs.items()},
        "mask": plain(mask.int()),
        "layers": [
            {"attrs": layer["attrs"], **{k: plain(v) for k, v in parameters(layer).items()}}
            for layer in layers
        ],
        "outputGradients": {key: plain(tensor) for key, tensor in gradients.items()},
        "outputs": {key: plain(tensor) for key, tensor in outputs.items()},
        "gradients": {
            "inputs": {k: plain(v.grad) for k, v in inputs.items() if v.requires_grad},
            "layers": [{k: plain(v) for k, v in gradients_of(layer).items()} for layer in layers],
            **({"states": {k: plain(v) for k, v in states().items()}} if states else {}),
        },
    }


def present(outputs):
    return {key: tensor for key, tensor in outputs.items() if tensor is not None}


def module_fixtures(batch=3, steps=4, size=2, units=3):
    kinds = [attrs("SimpleRNN"), attrs("SimpleRNN", "relu"), attrs("LSTM"), attrs("GRU", after=True)]
    for attributes in [{**kind, "goBackwards": turned} for kind in kinds for turned in (False, True)]:
        for lengths in ([steps] * batch, [steps, 1, 3]):
            lengths = torch.tensor(lengths)
            x = draw(batch, steps, size).requires_grad_()
            layer = make_layer(attributes, size, units, batch)
            outputs = present(run_module(layer, x, lengths))
            way = "backwards" if attributes["goBackwards"] else "forwards"
            name = f"torch.nn {attributes['cell']} {attributes['activation']} {way} {lengths.tolist()}"
            yield fixture(name, [layer], {"x": x}, valid(x, lengths), outputs)


def spelled_fixtures(batch=3, steps=4, size=2, units=3):
    mask = torch.tensor([[1, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 0]])
    for attributes in [
        attrs("SimpleRNN", "linear"),
        attrs("LSTM"),
        attrs("LSTM", gates="hardSigmoid", backwards=True),
        attrs("LSTM", "relu"),
        attrs("GRU"),
        attrs("GRU", gates="hardSigmoid", backwards=True),
        attrs("GRU", "relu", after=True),
        attrs("GRU", gates="hardSigmoid", after=True, backwards=True),
    ]:
        x = draw(batch, steps, size).requires_grad_()
        layer = make_layer(attributes, size, units, batch)
        outputs, states = spelled_out(layer, x, mask)
        words = [attributes["cell"], attributes["activation"], attributes["recurrentActivation"]]
        words += ["reset after"] * attributes["resetAfter"] + ["backwards"] * attributes["goBackwards"]
        name = f"equations {' '.join(words)}, mask with holes"
        yield fixture(name, [layer], {"x": x}, mask, present(outputs), states=states)


def composed_fixtures(batch=3, steps=5, size=2, units=2, words=6):
    lengths = torch.tensor([5, 2, 4])
    for attributes in (attrs("LSTM"), attrs("GRU", after=True), attrs("SimpleRNN")):
        cell = attributes["cell"]
        x = draw(batch, steps, size).requires_grad_()
        layers = [make_layer(attributes, size, units, batch), make_layer(attributes, units, 3, batch)]
        lower = run_module(layers[0], x, lengths)["h"]
        outputs = present(run_module(layers[1], lower, lengths))
        yield fixture(f"two {cell} layers", layers, {"x": x}, valid(x, lengths), outputs)

        x = draw(batch, steps, size).requires_grad_()
        ways = [attributes, {**attributes, "goBackwards": True}]
        layers = [make_layer(way, size, units, batch) for way in ways]
        h = torch.cat([run_module(layer, x, lengths)["h"] for layer in layers], -1)
        inputs, mask = {"x": x}, valid(x, lengths)
        yield fixture(f"bidirectional {cell}", layers, inputs, mask, {"h": h}, "bidirectional")

        table = draw(words, size).requires_grad_()
        ids = torch.randint(1, words, (batch, steps)) * valid(x, lengths)
        layer = make_layer(attributes, size, units, batch)
        outputs = present(run_module(layer, torch.nn.functional.embedding(ids, table), lengths))
        inputs = {"ids": ids, "embeddings": table}
        yield fixture(f"embedding and {cell}", [layer], inputs, valid(ids, lengths), outputs)


MERGES = {
    "concat": lambda a, b: torch.cat([a, b], -1),
    "sum": lambda a, b: a + b,
    "ave": lambda a, b: (a + b) / 2,
    "mul": lambda a, b: a * b,
}


def merged_fixtures(batch=3, steps=4, size=2, units=2):
    """Both directions of one layer in every mode of Keras's Bidirectional, from states of zero."""
    lengths = torch.tensor([4, 1, 3])
    for attributes in (attrs("SimpleRNN"), attrs("LSTM"), attrs("GRU", after=True)):
        for mode, merge in MERGES.items():
            x = draw(batch, steps, size).requires_grad_()
            ways = [attributes, {**attributes, "goBackwards": True}]
            layers = [make_layer(way, size, units, batch) for way in ways]
            with torch.no_grad():
                for state in [layer[name] for layer in layers for name in ("h0", "c0") if name in layer]:
                    state.zero_()
            h = merge(*[run_module(layer, x, lengths)["h"] for layer in layers])
            name = f"bidirectional {attributes['cell']}, {mode}"
            inputs, mask = {"x": x}, valid(x, lengths)
            yield fixture(name, layers, inputs, mask, {"h": h}, "bidirectional", mergeMode=mode)


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(20)
    fixtures = [*module_fixtures(), *spelled_fixtures(), *composed_fixtures(), *merged_fixtures()]
    made = {"torch": torch.__version__.split("+")[0], "fixtures": fixtures}
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n")
    print(f"{TARGET}: {len(fixtures)} fixtures, {TARGET.stat().st_size / 1000:.0f} kB")
