"""Times the same training step in PyTorch on one thread. Reads {ids, labels, shape, rounds} as JSON
from standard input and writes the milliseconds of each round to standard output, one call a line, so
that the rounds can be interleaved with others: each line read from the input runs one round.
"""

import json
import sys
import time

import torch

torch.set_num_threads(1)
setup = json.loads(sys.stdin.readline())
shape = setup["shape"]
ids = torch.tensor(setup["ids"]).reshape(shape["batch"], shape["steps"])
labels = torch.tensor(setup["labels"], dtype=torch.float32)

embedding = torch.nn.Embedding(shape["vocabulary"], shape["embedding"])
lstm = torch.nn.LSTM(shape["embedding"], shape["units"], batch_first=True)
dense = torch.nn.Linear(shape["units"], 1)
parameters = [*embedding.parameters(), *lstm.parameters(), *dense.parameters()]
optimizer = torch.optim.Adam(parameters, lr=1e-3)

print(torch.__version__, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    optimizer.zero_grad()
    states, _ = lstm(embedding(ids))
    logits = dense(states[:, -1]).squeeze(1)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
    loss.backward()
    optimizer.step()
    print(1000 * (time.perf_counter() - start), flush=True)
