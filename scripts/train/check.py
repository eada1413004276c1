"""Compares the adapter in llama.cpp with its PyTorch twin, token for token.

    python check.py ANSWERS.jsonl ADAPTER.gguf

A line of ANSWERS, as check.ts writes it: {"prompt": [ids], "answer": [ids]}, greedily decoded by
llama.cpp. Each token of an answer is foretold by the twin from the ones before it.
"""

import json
import sys

import gguf
import lora
import torch
from llama import Twin


def main():
    answers, adapter = sys.argv[1:3]
    shapes = {t.name: t.data.shape for t in gguf.GGUFReader(adapter).tensors}
    rank = min(shape[0] for name, shape in shapes.items() if name.endswith("lora_a"))
    first = min(int(name.split(".")[1]) for name in shapes)
    model = Twin("models/smollm2-135m-instruct.Q4_1.gguf", rank, first, torch.float32)
    lora.load(adapter, model.linears())
    same = total = 0
    with open(answers) as file, torch.no_grad():
        for line in map(json.loads, file):
            ids = torch.tensor(line["prompt"] + line["answer"])
            n, start = len(ids), len(line["prompt"])
            mask = torch.ones(n, n, dtype=torch.bool).tril()
            logits = model(ids, torch.arange(n), [(0, 0, mask[:0, :0]), (0, n, mask)], torch.arange(start - 1, n - 1))
            same += (logits.argmax(-1) == ids[start:]).sum().item()
            total += n - start
    print(f"{same} of {total} tokens the same ({100 * same / total:.1f} %)")


if __name__ == "__main__":
    main()
