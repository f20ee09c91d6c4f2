"""The recurrent cells as equations on PyTorch tensors, in Keras's layout, one step after another."""

import torch

ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu, "linear": lambda x: x}
GATE_ACTIVATIONS = {
    "sigmoid": torch.sigmoid,
    "hardSigmoid": lambda x: (0.2 * x + 0.5).clamp(0, 1),
}


def spelled_out(layer, x, mask):
    """Runs a layer over x [B, T, E]. A masked step repeats the state before it; its gates are 0.

    Gives h, c (LSTM), gates and inner (GRU that resets after the product), all [B, T, ...], and a
    function that gives the gradients of h and c at every step after a backward pass.
    """
    cell = layer["attrs"]["cell"]
    step = {"SimpleRNN": simple_rnn, "LSTM": lstm, "GRU": gru}[cell]
    bias = layer["bias"]
    input_bias = bias[0] if bias.dim() == 2 else bias
    projections = x @ layer["kernel"] + input_bias
    state = {"h": layer["h0"], "c": layer.get("c0")}
    order = range(x.shape[1])
    made, own = {}, {}
    for t in reversed(order) if layer["attrs"]["goBackwards"] else order:
        read = mask[:, t, None] == 1
        after = step(layer, projections[:, t], state)
        for name, tensor in after.items():
            kept = state[name] if name in ("h", "c") else torch.zeros_like(tensor)
            after[name] = torch.where(read, tensor, kept)
            if name in ("h", "c"):
                tensor.retain_grad()
                after[name].retain_grad()
                own[t, name] = tensor
        made[t] = after
        state = after

    def gradient(t, name):
        # What was computed counts where it was kept; there, c counts through h as well.
        return torch.where(mask[:, t, None] == 1, own[t, name].grad, made[t][name].grad)

    def gradients():
        states = [name for name in ("h", "c") if name in state]
        return {name: torch.stack([gradient(t, name) for t in order], 1) for name in states}

    return {name: torch.stack([made[t][name] for t in order], 1) for name in state}, gradients


def simple_rnn(layer, projection, state):
    phi = ACTIVATIONS[layer["attrs"]["activation"]]
    return {"h": phi(projection + state["h"] @ layer["recurrentKernel"])}


def lstm(layer, projection, state):
    phi = ACTIVATIONS[layer["attrs"]["activation"]]
    sigma = GATE_ACTIVATIONS[layer["attrs"]["recurrentActivation"]]
    i, f, g, o = (projection + state["h"] @ layer["recurrentKernel"]).chunk(4, -1)
    i, f, g, o = sigma(i), sigma(f), phi(g), sigma(o)
    c = f * state["c"] + i * g
    return {"h": o * phi(c), "c": c, "gates": torch.cat([i, f, g, o], -1)}


def gru(layer, projection, state):
    phi = ACTIVATIONS[layer["attrs"]["activation"]]
    sigma = GATE_ACTIVATIONS[layer["attrs"]["recurrentActivation"]]
    h = state["h"]
    p_z, p_r, p_h = projection.chunk(3, -1)
    u_z, u_r, u_h = layer["recurrentKernel"].chunk(3, -1)
    if layer["attrs"]["resetAfter"]:
        b_z, b_r, b_h = layer["bias"][1].chunk(3, -1)
        inner = h @ u_h + b_h
        z, r = sigma(p_z + h @ u_z + b_z), sigma(p_r + h @ u_r + b_r)
        g = phi(p_h + r * inner)
        made = {"inner": inner}
    else:
        z, r = sigma(p_z + h @ u_z), sigma(p_r + h @ u_r)
        g = phi(p_h + (r * h) @ u_h)
        made = {}
    return {"h": z * h + (1 - z) * g, "gates": torch.cat([z, r, g], -1), **made}
