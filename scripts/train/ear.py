"""Tunes the encoder to hear what Slack messages are after, with a linear head on top.

    python ear.py DATA.jsonl OUT.gguf HEAD.json [--epochs 5] [--rank 16] [--state STATE.pt]

DATA, as ear-data.ts writes it: a line of {"labels"}, the honest one last, then {"id", "label", "fold",
"harm", "tokens", "earlier"}: of the message, and of what was said in its thread before. OUT.gguf is an
adapter trained on all lines. HEAD.json holds its head, {"weights": {label: [384 numbers and the bias]}};
what it says of some lines, {"probe": {id: {label: logit}}}; and what heads that never saw a line say of
it, {"unseen": {id: {label: logit}}}: one more training for each fold. Saves its state every two minutes
and goes on from it.
"""

import argparse
import json
import os
import random
import time

import lora
import torch
import torch.nn.functional as F
from bert import Encoder
from torch import nn

CLS, SEP = 101, 102
BATCH = 16
MOST = 96
# A unit vector is stretched for the head, so that its weights stay small and learn quickly.
STRETCH = 8.0


def drawn(line, honest, dice):
    """Token ids of a part of a text, now and then beside honest text, or with words left out."""
    ids = line["tokens"]
    if len(ids) > MOST:
        at = 0 if dice.random() < 0.6 else dice.randrange(len(ids) - MOST + 1)
        ids = ids[at : at + MOST]
    if dice.random() < 0.75:
        ids = ids + line["earlier"]
    if line["harm"] and dice.random() < 0.12:
        around = dice.choice(honest)["tokens"][: dice.randint(20, 100)]
        ids = ids + around if dice.random() < 0.6 else around + ids
    if dice.random() < 0.15:
        ids = [i for i in ids if dice.random() > 0.08] or ids
    return [CLS, *ids, SEP]


def epoch(lines, dice):
    """Batches of texts about as long as one another."""
    lines = list(lines)
    dice.shuffle(lines)
    out = []
    for at in range(0, len(lines), BATCH * 20):
        part = sorted(lines[at : at + BATCH * 20], key=lambda d: len(d["tokens"]))
        out += [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
    dice.shuffle(out)
    return out


class Run:
    """One training, on the lines outside `fold` (on all with fold None)."""

    def __init__(self, args, lines, labels, fold):
        torch.manual_seed(1)
        self.args, self.fold = args, fold
        self.lines = [d for d in lines if d["fold"] != fold]
        self.labels = labels
        self.honest = [d for d in self.lines if d["label"] == labels[-1]]
        self.model, self.head = Encoder(args.base, args.rank), nn.Linear(384, len(labels))
        self.lora = lora.adapters(self.model)
        self.learning = [*self.lora.values(), *self.head.parameters()]
        self.optimizer = torch.optim.AdamW(self.learning, lr=args.rate, weight_decay=0.01)
        self.done, self.spent, self.loss = 0, 0.0, None

    def state(self):
        return {
            "fold": self.fold,
            "lora": {n: p.detach() for n, p in self.lora.items()},
            "head": self.head.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "done": self.done,
            "spent": self.spent,
        }

    def restore(self, state):
        for name, value in state["lora"].items():
            self.lora[name].data.copy_(value)
        self.head.load_state_dict(state["head"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.done, self.spent = state["done"], state["spent"]

    def train(self, save):
        self.model.train()
        each = len(epoch(self.lines, random.Random(0)))
        steps = min(int(self.args.epochs * each), self.args.steps)
        last = time.time()
        while self.done < steps:
            n = self.done // each
            for at, batch in enumerate(epoch(self.lines, random.Random(n))):
                if at < self.done % each or self.done >= steps or self.done // each != n:
                    continue
                began = time.time()
                self.step(batch, random.Random(self.done), self.done / steps)
                self.done += 1
                self.spent += time.time() - began
                if self.done % 100 == 0:
                    note = f"fold {self.fold} step {self.done}/{steps} loss {self.loss:.3f}"
                    print(f"{note} {self.spent / 60:.1f} minutes", flush=True)
                if time.time() - last > 120:
                    save(self.state())
                    last = time.time()
        self.model.eval()

    def step(self, batch, dice, part):
        for group in self.optimizer.param_groups:
            group["lr"] = self.args.rate * min(1, part / 0.06 + 0.01) * max(0.01, 1 - part)
        logits = self.logits([drawn(d, self.honest, dice) for d in batch])
        wanted = torch.tensor([self.labels.index(d["label"]) for d in batch])
        loss = F.cross_entropy(logits, wanted, label_smoothing=0.02)
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.learning, 1.0)
        self.optimizer.step()
        self.loss = loss.item() if self.loss is None else 0.98 * self.loss + 0.02 * loss.item()

    def logits(self, texts):
        return self.head(STRETCH * self.model(texts))

    def say(self, lines):
        """Logits by id and label."""
        lines = sorted(lines, key=lambda d: len(d["tokens"]))
        out = {}
        with torch.no_grad():
            for at in range(0, len(lines), 32):
                part = lines[at : at + 32]
                rows = self.logits([[CLS, *d["tokens"], *d["earlier"], SEP] for d in part]).tolist()
                for d, row in zip(part, rows):
                    out[d["id"]] = {label: round(x, 4) for label, x in zip(self.labels, row)}
        return out

    def weights(self):
        """By label: what the head makes of a unit vector, and the bias."""
        rows = (STRETCH * self.head.weight).tolist()
        return {
            label: [round(w, 4) for w in [*row, bias]]
            for label, row, bias in zip(self.labels, rows, self.head.bias.tolist())
        }


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("data")
    parse.add_argument("out")
    parse.add_argument("head")
    parse.add_argument("--base", default="models/all-minilm-l6-v2.Q8_0.gguf")
    parse.add_argument("--epochs", type=float, default=5)
    parse.add_argument("--steps", type=int, default=10**9)
    parse.add_argument("--rank", type=int, default=16)
    parse.add_argument("--rate", type=float, default=4e-4)
    parse.add_argument("--state", default=".cache/ear.pt")
    parse.add_argument("--threads", type=int, default=2)
    args = parse.parse_args()
    torch.set_num_threads(args.threads)
    with open(args.data) as file:
        labels = json.loads(next(file))["labels"]
        lines = [json.loads(line) for line in file]

    finished = {"unseen": {}, "folds": []}
    state = None
    if os.path.exists(args.state):
        state, finished = (s := torch.load(args.state))["run"], s["finished"]
        print(f"goes on behind folds {finished['folds']}", flush=True)

    def save(run):
        os.makedirs(os.path.dirname(args.state) or ".", exist_ok=True)
        torch.save({"run": run, "finished": finished}, args.state + ".tmp")
        os.replace(args.state + ".tmp", args.state)

    folds = sorted({d["fold"] for d in lines})
    for fold in [None, *folds]:
        if fold in finished["folds"]:
            continue
        run = Run(args, lines, labels, fold)
        if state and state["fold"] == fold:
            run.restore(state)
        run.train(save)
        if fold is None:
            note = f"LoRA rank {args.rank}, {run.done} steps of {BATCH} texts"
            lora.save(args.out, "bert", run.model.linears(), "Porchlight ear", note)
            finished["weights"] = run.weights()
            finished["probe"] = run.say(lines[:: max(1, len(lines) // 20)])
        else:
            finished["unseen"] |= run.say([d for d in lines if d["fold"] == fold])
        finished["folds"].append(fold)
        save(None)
    with open(args.head, "w") as file:
        json.dump({name: finished[name] for name in ("weights", "probe", "unseen")}, file)
    print("done", flush=True)


if __name__ == "__main__":
    main()
