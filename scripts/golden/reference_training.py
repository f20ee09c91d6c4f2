"""Trains the networks of results/pytorch.json in PyTorch, on our own tokens and splits, and prints
what they reach.

Run:  npm exec -- python3 scripts/golden/reference_training.py [PRESET ...] [--reviews N] [--seed N]

(PyTorch 1.13 or newer; `npm run data` first. `--reviews` takes the first N of each split, for a look.)
Hours on one core. Plain PyTorch: its own first weights, Adam or RMSprop at 0.001, batches of 32 unless
a network says otherwise, shuffled anew each epoch, padding read like words.
"""

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

ROOT = Path(__file__).parents[2]
PRE = {"padding": "pre", "truncating": "pre"}
POST = {"padding": "post", "truncating": "post"}

NETWORKS = {
    "simple-rnn": {
        "text": {"numWords": 10_000, "maxlen": 500, **PRE},
        "embedding": 128,
        "layers": [(nn.RNN, 64)],
        "clip": 1.0,
        "epochs": 4,
    },
    "lstm-rmsprop": {
        "text": {"numWords": 10_000, "maxlen": 500, **PRE},
        "embedding": 32,
        "layers": [(nn.LSTM, 32)],
        "optimizer": "rmsprop",
        "epochs": 4,
    },
    "lstm-clipnorm": {
        "text": {"numWords": 10_000, "maxlen": 500, **POST},
        "embedding": 128,
        "layers": [(nn.LSTM, 64)],
        "clip_each": 0.1,
        "epochs": 4,
    },
    "lstm-dropout": {
        "text": {"numWords": 10_000, "maxlen": 300, **PRE},
        "embedding": 128,
        "layers": [(nn.LSTM, 64)],
        "dropout": 0.5,
        "epochs": 3,
    },
    "gru-lstm": {
        "text": {"numWords": 10_000, "maxlen": 300, **PRE},
        "embedding": 64,
        "layers": [(nn.GRU, 64), (nn.LSTM, 64)],
        "dropout": 0.2,
        "epochs": 3,
    },
    "best": {
        "text": {
            "numWords": 30_000,
            "maxlen": 400,
            "padding": "pre",
            "truncating": {"head": 100, "tail": 300},
        },
        "embedding": 128,
        "embedding_dropout": 0.4,
        "layers": [(nn.LSTM, 128)],
        "both": True,
        "dropout": 0.5,
        "clip": 1.0,
        "batch": 50,
        "epochs": 6,
    },
}


class Classifier(nn.Module):
    """Embedding, recurrent layers, then the last step or the maximum over time, dropout, dense."""

    def __init__(self, network):
        super().__init__()
        self.both = network.get("both", False)
        width = network["embedding"]
        self.embedding = nn.Embedding(network["text"]["numWords"], width)
        self.embedding_dropout = nn.Dropout(network.get("embedding_dropout", 0))
        layers = []
        for kind, units in network["layers"]:
            layers.append(kind(width, units, batch_first=True, bidirectional=self.both))
            width = 2 * units if self.both else units
        self.layers = nn.ModuleList(layers)
        self.dropout = nn.Dropout(network.get("dropout", 0))
        self.dense = nn.Linear(width, 1)

    def forward(self, ids):
        x = self.embedding_dropout(self.embedding(ids))
        for layer in self.layers:
            x, _ = layer(x)
        x = x.max(1).values if self.both else x[:, -1]
        return self.dense(self.dropout(x)).squeeze(1)


def read_reviews(text, limit):
    """Ids and labels of each split, from our own tokeniser and vocabulary."""
    with tempfile.TemporaryDirectory() as folder:
        script = ROOT / "scripts/golden/export-reviews.ts"
        subprocess.run(["node", script, folder, json.dumps(text)], check=True)
        reviews = {}
        for split in ("train", "validation", "test"):
            ids = np.fromfile(Path(folder, f"{split}.ids"), dtype="<u2")
            labels = np.fromfile(Path(folder, f"{split}.labels"), dtype="u1")
            ids = ids.reshape(len(labels), text["maxlen"])
            reviews[split] = ids[:limit], labels[:limit]
        return reviews


def tensors(ids, labels):
    return torch.from_numpy(ids.astype(np.int64)), torch.from_numpy(labels.astype(np.float32))


def accuracy(model, reviews):
    model.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(reviews[1]), 128):
            ids, labels = tensors(*(part[start : start + 128] for part in reviews))
            right += ((model(ids) > 0) == (labels == 1)).sum().item()
    return right / len(reviews[1])


def train_epoch(model, optimizer, reviews, network):
    model.train()
    size = network.get("batch", 32)
    order = torch.randperm(len(reviews[1])).numpy()
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        ids, labels = tensors(*(part[rows] for part in reviews))
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(model(ids), labels).backward()
        if "clip" in network:
            nn.utils.clip_grad_norm_(model.parameters(), network["clip"])
        if "clip_each" in network:
            # Keras's clipnorm: each variable by itself.
            for parameter in model.parameters():
                nn.utils.clip_grad_norm_([parameter], network["clip_each"])
        optimizer.step()


def train(name, limit, seed):
    network = NETWORKS[name]
    reviews = read_reviews(network["text"], limit)
    torch.manual_seed(seed)
    model = Classifier(network)
    kinds = {"adam": torch.optim.Adam, "rmsprop": torch.optim.RMSprop}
    optimizer = kinds[network.get("optimizer", "adam")](model.parameters(), lr=1e-3)
    validation, seconds = [], []
    for epoch in range(network["epochs"]):
        began = time.perf_counter()
        train_epoch(model, optimizer, reviews["train"], network)
        seconds.append(round(time.perf_counter() - began))
        validation.append(round(accuracy(model, reviews["validation"]), 4))
        print(f"{name}, epoch {epoch + 1}: {validation[-1]}, {seconds[-1]} s", flush=True)
    return {
        "preset": name,
        "epochs": network["epochs"],
        "bestValidation": max(validation),
        "testAtLastEpoch": round(accuracy(model, reviews["test"]), 4),
        "secondsPerEpoch": sorted({min(seconds), max(seconds)}),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("presets", nargs="*")
    parser.add_argument("--reviews", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    presets = arguments.presets or list(NETWORKS)
    unknown = [name for name in presets if name not in NETWORKS]
    if unknown:
        parser.error(f"there is no network {unknown[0]}: {', '.join(NETWORKS)}")
    torch.set_num_threads(1)
    for name in presets:
        print(json.dumps(train(name, arguments.reviews, arguments.seed)), flush=True)


main()
