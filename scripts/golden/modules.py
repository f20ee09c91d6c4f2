"""Recurrent layers by torch.nn, in and out of Keras's layout.

  PyTorch                                    here (Keras)
  weight_ih [G*U, E]                         kernel [E, G*U], transposed
  weight_hh [G*U, U]                         recurrentKernel [U, G*U], transposed
  LSTM blocks i, f, g, o                     i, f, c, o: the same order
  LSTM, RNN: bias_ih + bias_hh               bias [G*U] (bias_hh is 0 here; both have one gradient)
  GRU blocks r, z, n                         z, r, h: the first two swapped
  GRU bias_ih, bias_hh                       bias [2, G*U]
  GRU n = tanh(. + r * (h U_n + b_hn))       reset_after=True; h = z*h + (1 - z)*n in both
  packed sequences                           a mask whose ones come first; a masked step repeats h
"""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


def run_module(layer, x, lengths):
    """One layer and direction by torch.nn, kept in the layer for its gradients."""
    attributes = layer["attrs"]
    cell = attributes["cell"]
    units = layer["h0"].shape[1]
    kinds = {"SimpleRNN": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}
    options = {"nonlinearity": attributes["activation"]} if cell == "SimpleRNN" else {}
    module = kinds[cell](x.shape[2], units, batch_first=True, **options)
    bias = layer["bias"]
    biases = (bias[0], bias[1]) if bias.dim() == 2 else (bias, torch.zeros_like(bias))
    with torch.no_grad():
        module.weight_ih_l0.copy_(swap(cell, layer["kernel"]).T)
        module.weight_hh_l0.copy_(swap(cell, layer["recurrentKernel"]).T)
        module.bias_ih_l0.copy_(swap(cell, biases[0]))
        module.bias_hh_l0.copy_(swap(cell, biases[1]))
    layer["module"] = module
    backwards = attributes["goBackwards"]
    if backwards:
        # Each row from its own end, as a packed bidirectional module does.
        x = turn(x, lengths)
    start = layer["h0"][None]
    start = (start, layer["c0"][None]) if cell == "LSTM" else start
    packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    out, last = module(packed, start)
    h, _ = pad_packed_sequence(out, batch_first=True, total_length=x.shape[1])
    if backwards:
        h = turn(h, lengths)
    last, last_c = last if cell == "LSTM" else (last, None)
    before = layer["h0"] if backwards else last[0]
    h = torch.where(valid(x, lengths)[..., None], h, before[:, None])
    return {"h": h, "lastC": None if last_c is None else last_c[0]}


def valid(x, lengths):
    return torch.arange(x.shape[1])[None] < lengths[:, None]


def turn(x, lengths):
    rows = [torch.cat([row[:n].flip(0), row[n:]]) for row, n in zip(x, lengths.tolist())]
    return torch.stack(rows)


def parameters(layer):
    return {name: tensor for name, tensor in layer.items() if name not in ("attrs", "module")}


def gradients_of(layer):
    """Of all parameters: by name, in Keras's layout, whoever holds them."""
    module = layer.get("module")
    if not module:
        return {name: tensor.grad for name, tensor in parameters(layer).items()}
    cell = layer["attrs"]["cell"]
    biases = [swap(cell, module.bias_ih_l0.grad), swap(cell, module.bias_hh_l0.grad)]
    return {
        "kernel": swap(cell, module.weight_ih_l0.grad.T),
        "recurrentKernel": swap(cell, module.weight_hh_l0.grad.T),
        "bias": torch.stack(biases) if layer["attrs"]["resetAfter"] else biases[0],
        **{name: layer[name].grad for name in ("h0", "c0") if name in layer},
    }


def swap(cell, tensor):
    """GRU's blocks along the last axis, from either order to the other."""
    if cell != "GRU":
        return tensor
    first, second, third = tensor.chunk(3, -1)
    return torch.cat([second, first, third], -1)
