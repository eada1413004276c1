"""Trains the analyst's adapter on token sequences made by analyst-data.ts.

    python analyst.py DATA.jsonl OUT.gguf [--minutes 60] [--rank 16] [--resume STATE.pt]

A line of DATA: {"task", "prefix": [ids], "shared": n, "branches": [{"ids": [...], "labels": {"id":
weight}} or {"ids": [...], "from": n}]}. Branches share the prefix and do not see one another: the first
kind is judged by the distribution behind its last token, the second by every token from `from` on.
The first `shared` ids of the prefix are the task's own words, read once for a row of its examples.
Saves its state every two minutes and goes on from it; stops when the minutes are over.
"""

import argparse
import json
import math
import os
import random
import time

import lora
import torch
from llama import Twin

PACK = 1024


def sequence(example):
    """ids behind the shared ones, positions, branch numbers, and targets as (index, {token: weight})."""
    ids = example["prefix"][example["shared"] :]
    start = len(example["prefix"])
    positions = list(range(example["shared"], start))
    branch = [0] * len(ids)
    targets = []
    for n, b in enumerate(example["branches"], 1):
        at = len(ids)
        ids += b["ids"]
        positions += range(start, start + len(b["ids"]))
        branch += [n] * len(b["ids"])
        if "labels" in b:
            targets.append((len(ids) - 1, {int(k): v for k, v in b["labels"].items()}))
        else:
            # The token at `from` is foretold by the one before it.
            targets += [(at + i - 1, {b["ids"][i]: 1.0}) for i in range(b["from"], len(b["ids"]))]
    return ids, positions, branch, targets


def pack(examples, size):
    """Rows of whole examples of one task, at most `size` tokens where they fit."""
    row, length = [], 0
    for example in examples:
        n = len(example["prefix"]) - example["shared"] + sum(len(b["ids"]) for b in example["branches"])
        if row and length + n > size:
            yield row
            row, length = [], 0
        row.append(example)
        length += n
    if row:
        yield row


def rows_of(examples, size, seed):
    """Rows of all tasks, shuffled. Tasks with the same words before the text share rows."""
    tasks = {}
    random.Random(seed).shuffle(examples)
    for example in examples:
        tasks.setdefault(tuple(example["prefix"][: example["shared"]]), []).append(example)
    rows = [row for task in tasks.values() for row in pack(task, size)]
    random.Random(seed).shuffle(rows)
    return rows


def tensors(row):
    shared = row[0]["shared"]
    ids = row[0]["prefix"][:shared]
    positions, targets = list(range(shared)), []
    parts = [(0, shared, torch.ones(shared, shared, dtype=torch.bool).tril())]
    for example in row:
        i, p, branch, t = sequence(example)
        # A text of fifty tokens is to weigh as four answers, not as fifty.
        written = any("from" in b for b in example["branches"])
        weight = 4 / len(t) if written else 1.0
        targets += [(at + len(ids), labels, weight) for at, labels in t]
        branch = torch.tensor(branch)
        mask = (branch[None] == 0) | (branch[:, None] == branch[None])
        mask = torch.cat((torch.ones(len(i), shared, dtype=torch.bool), mask.tril()), 1)
        parts.append((len(ids), len(ids) + len(i), mask))
        ids += i
        positions += p
    return torch.tensor(ids), torch.tensor(positions), parts, targets


def loss_of(model, row):
    ids, positions, parts, targets = tensors(row)
    logits = model(ids, positions, parts, torch.tensor([at for at, _, _ in targets]))
    at, token, share = zip(
        *((n, t, w * weight) for n, (_, labels, weight) in enumerate(targets) for t, w in labels.items())
    )
    logs = logits[list(at), list(token)] - logits.logsumexp(-1)[list(at)]
    return -(logs * torch.tensor(share)).sum(), sum(weight for _, _, weight in targets)


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("data")
    parse.add_argument("out")
    parse.add_argument("--base", default="models/smollm2-135m-instruct.Q4_1.gguf")
    parse.add_argument("--start", help="an adapter of the same rank and layers to begin with")
    parse.add_argument("--minutes", type=float, default=60)
    parse.add_argument("--steps", type=int, default=10**9)
    parse.add_argument("--epochs", type=int, default=1)
    parse.add_argument("--rank", type=int, default=16)
    parse.add_argument("--first", type=int, default=6, help="first layer that learns")
    parse.add_argument("--rate", type=float, default=1e-3)
    parse.add_argument("--batch", type=int, default=3, help="rows a step")
    parse.add_argument("--state", default=".cache/analyst.pt")
    parse.add_argument("--threads", type=int, default=2)
    args = parse.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)

    model = Twin(args.base, args.rank, args.first)
    adapters = lora.adapters(model)
    if args.start:
        lora.load(args.start, model.linears())
    optimizer = torch.optim.AdamW(adapters.values(), lr=args.rate, weight_decay=0.01, betas=(0.9, 0.98))
    with open(args.data) as file:
        examples = [json.loads(line) for line in file]
    rows = [row for n in range(args.epochs) for row in rows_of(examples, PACK, n)]
    steps = min(args.steps, len(rows) // args.batch)
    done, seen, spent = 0, 0, 0.0
    if os.path.exists(args.state):
        state = torch.load(args.state)
        for name, value in state["adapters"].items():
            adapters[name].data.copy_(value)
        optimizer.load_state_dict(state["optimizer"])
        done, seen, spent = state["done"], state["seen"], state["spent"]
        print(f"goes on at step {done} of {steps}", flush=True)

    def save():
        os.makedirs(os.path.dirname(args.state) or ".", exist_ok=True)
        torch.save(
            {
                "adapters": {n: p.detach() for n, p in adapters.items()},
                "optimizer": optimizer.state_dict(),
                "done": done,
                "seen": seen,
                "spent": spent,
            },
            args.state + ".tmp",
        )
        os.replace(args.state + ".tmp", args.state)
        note = f"LoRA rank {args.rank} from layer {args.first}, {seen} tokens read"
        lora.save(args.out, "llama", model.linears(), "Porchlight analyst", note)

    last = time.time()
    smooth = None
    while done < steps:
        began = time.time()
        # By time as by steps: whichever ends first shapes the fall of the rate.
        part = max(done / steps, spent / 60 / args.minutes)
        if part >= 1:
            break
        rate = args.rate * min(1, (done + 1) / 20) * max(0.02, 0.5 * (1 + math.cos(math.pi * part)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        total, count = 0.0, 0.0
        for row in rows[done * args.batch : (done + 1) * args.batch]:
            loss, weight = loss_of(model, row)
            (loss / 20).backward()
            total += loss.item()
            count += weight
            seen += sum(len(e["prefix"]) - e["shared"] + sum(len(b["ids"]) for b in e["branches"]) for e in row)
        torch.nn.utils.clip_grad_norm_(adapters.values(), 1.0)
        optimizer.step()
        done += 1
        spent += time.time() - began
        smooth = total / count if smooth is None else 0.95 * smooth + 0.05 * total / count
        if done % 10 == 0:
            print(f"step {done}/{steps} loss {smooth:.3f} {seen / spent:.0f} tokens/s", flush=True)
        if time.time() - last > 120:
            save()
            last = time.time()
    save()
    print(f"done: {done} steps, {seen} tokens, {spent / 60:.1f} minutes", flush=True)


if __name__ == "__main__":
    main()
