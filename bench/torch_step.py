"""Times the same training step in PyTorch. Reads one JSON object {device, batch, steps, vocabulary,
embedding, units, clipnorm, ids, labels} from standard input, `ids` and `labels` being files of uint16
and uint8, and answers with PyTorch's version, unless the device is `cuda` and there is none. Then each line `threads clip from to` trains on the batches `from`
to `to` (not included) of the files, clipped or not, and answers with the milliseconds.
"""

import json
import sys
import time

import numpy as np
import torch

setup = json.loads(sys.stdin.readline())
batch, steps = setup["batch"], setup["steps"]
device = setup["device"]
if device == "cuda" and not torch.cuda.is_available():
    sys.exit()
ids = np.fromfile(setup["ids"], dtype="<u2").reshape(-1, batch, steps)
labels = np.fromfile(setup["labels"], dtype="u1").reshape(-1, batch)

embedding = torch.nn.Embedding(setup["vocabulary"], setup["embedding"])
lstm = torch.nn.LSTM(setup["embedding"], setup["units"], batch_first=True)
dense = torch.nn.Linear(setup["units"], 1)
parameters = [*embedding.parameters(), *lstm.parameters(), *dense.parameters()]
for module in (embedding, lstm, dense):
    module.to(device)
optimizer = torch.optim.Adam(parameters, lr=1e-3)


def train(index, clip):
    optimizer.zero_grad()
    states, _ = lstm(embedding(torch.from_numpy(ids[index].astype(np.int64)).to(device)))
    logits = dense(states[:, -1]).squeeze(1)
    truth = torch.from_numpy(labels[index].astype(np.float32)).to(device)
    torch.nn.functional.binary_cross_entropy_with_logits(logits, truth).backward()
    if clip:
        # Keras's clipnorm: each variable by itself.
        for parameter in parameters:
            torch.nn.utils.clip_grad_norm_([parameter], setup["clipnorm"])
    optimizer.step()


print(torch.__version__, flush=True)
for line in sys.stdin:
    threads, clip, start, end = map(int, line.split())
    torch.set_num_threads(threads)
    began = time.perf_counter()
    for index in range(start, end):
        train(index, clip == 1)
    if device == "cuda":
        torch.cuda.synchronize()
    print(1000 * (time.perf_counter() - began), flush=True)
