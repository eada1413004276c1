"""Low-rank adapters on the weights of a GGUF file, and the LoRA file that llama.cpp loads beside it."""

import gguf
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def read(path: str):
    """Fields by name, and tensors by name in float32, as PyTorch lays them out."""
    reader = gguf.GGUFReader(path)
    tensors = {
        t.name: torch.from_numpy(np.array(gguf.quants.dequantize(t.data, t.tensor_type), dtype=np.float32))
        for t in reader.tensors
    }
    return lambda name: reader.fields[name].contents(), tensors


class Adapted(nn.Module):
    """A frozen linear map, and a trained one of low rank beside it."""

    def __init__(self, weight: torch.Tensor, rank: int, bias: torch.Tensor | None = None):
        super().__init__()
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)
        self.rank = rank
        if rank > 0:
            out, inner = weight.shape
            self.a = nn.Parameter(torch.randn(rank, inner) / inner**0.5)
            self.b = nn.Parameter(torch.zeros(out, rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.linear(x, self.weight, self.bias)
        if self.rank == 0:
            return y
        # Scale alpha / rank with alpha = 2 rank, as the GGUF says.
        return y + 2 * F.linear(F.linear(x, self.a.to(x.dtype)), self.b.to(x.dtype))


def adapters(model: nn.Module) -> dict[str, nn.Parameter]:
    return {n: p for n, p in model.named_parameters() if p.requires_grad}


def linears(layers, parts):
    """(name in the GGUF file, linear map) of every map that carries an adapter."""
    for i, layer in enumerate(layers):
        for part in parts:
            linear = getattr(layer, part)
            if linear.rank > 0:
                yield f"blk.{i}.{part}.weight", linear


def save(path: str, architecture: str, named, name: str, note: str):
    """Writes adapters, (name, linear map) each, as a LoRA file."""
    named = list(named)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_type("adapter")
    writer.add_name(name)
    writer.add_license("apache-2.0")
    writer.add_description(note)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(2 * named[0][1].rank))
    for weight, linear in named:
        for side in ("a", "b"):
            value = getattr(linear, side).detach().to(torch.float16).numpy()
            writer.add_tensor(f"{weight}.lora_{side}", value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def load(path: str, named):
    """Puts the adapters of a LoRA file into linear maps of the same rank."""
    tensors = {t.name: torch.from_numpy(t.data.copy()).float() for t in gguf.GGUFReader(path).tensors}
    for weight, linear in named:
        for side in ("a", "b"):
            getattr(linear, side).data.copy_(tensors[f"{weight}.lora_{side}"])
