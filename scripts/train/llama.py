"""The analyst in PyTorch: weights read from its GGUF file, low-rank adapters on top.

Weights stay in GGUF's layout, in which rotary pairs are neighbours, so adapters need no permutation:
https://github.com/ggml-org/llama.cpp/blob/master/docs/development/HOWTO-add-model.md
"""

import lora
import torch
import torch.nn.functional as F
from lora import Adapted
from torch import nn

LINEARS = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")


class Layer(nn.Module):
    def __init__(self, tensors, i: int, rank: int, heads: int, kv: int, eps: float):
        super().__init__()
        self.heads, self.kv, self.eps = heads, kv, eps
        self.register_buffer("norm1", tensors[f"blk.{i}.attn_norm.weight"])
        self.register_buffer("norm2", tensors[f"blk.{i}.ffn_norm.weight"])
        for name in LINEARS:
            setattr(self, name, Adapted(tensors[f"blk.{i}.{name}.weight"], rank))

    def norm(self, x, weight):
        y = x.float()
        y = y * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + self.eps)
        return (y * weight.float()).to(x.dtype)

    def forward(self, x, cos, sin, parts):
        t = x.shape[0]
        h = self.norm(x, self.norm1)
        q = rotate(self.attn_q(h).view(t, self.heads, -1), cos, sin)
        k = rotate(self.attn_k(h).view(t, self.kv, -1), cos, sin)
        v = self.attn_v(h).view(t, self.kv, -1)
        group = self.heads // self.kv
        k, v = k.repeat_interleave(group, 1), v.repeat_interleave(group, 1)
        q, k, v = (z.transpose(0, 1) for z in (q, k, v))
        shared = parts[0][1]
        seen = [attend(q[:, :shared], k[:, :shared], v[:, :shared], parts[0][2])]
        for a, b, mask in parts[1:]:
            keys = torch.cat((k[:, :shared], k[:, a:b]), 1)
            values = torch.cat((v[:, :shared], v[:, a:b]), 1)
            seen.append(attend(q[:, a:b], keys, values, mask))
        out = torch.cat(seen, 1).transpose(0, 1).reshape(t, -1)
        x = x + self.attn_output(out)
        h = self.norm(x, self.norm2)
        return x + self.ffn_down(F.silu(self.ffn_gate(h)) * self.ffn_up(h))


def attend(q, k, v, mask):
    """Plain attention: its backward is twice as fast on a CPU as the fused one in bfloat16."""
    weights = q @ k.transpose(1, 2) * q.shape[-1] ** -0.5
    return weights.masked_fill(~mask, -1e9).softmax(-1) @ v


def rotate(x, cos, sin):
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2)


class Twin(nn.Module):
    """Llama from a GGUF file; layers from `first` on carry adapters."""

    def __init__(self, path: str, rank: int, first: int, dtype=torch.bfloat16):
        super().__init__()
        field, tensors = lora.read(path)
        tensors = {name: tensor.to(dtype) for name, tensor in tensors.items()}
        heads = field("llama.attention.head_count")
        kv = field("llama.attention.head_count_kv")
        self.eps = field("llama.attention.layer_norm_rms_epsilon")
        self.size = field("llama.rope.dimension_count")
        self.theta = field("llama.rope.freq_base")
        self.register_buffer("embedding", tensors["token_embd.weight"])
        self.register_buffer("out_norm", tensors["output_norm.weight"])
        self.register_buffer("head", tensors.get("output.weight", tensors["token_embd.weight"]))
        self.layers = nn.ModuleList(
            Layer(tensors, i, rank if i >= first else 0, heads, kv, self.eps)
            for i in range(field("llama.block_count"))
        )
        self.first = first
        self.dtype = dtype

    def forward(self, ids, positions, parts, wanted):
        """Logits (len(wanted), vocabulary) behind the wanted positions of a row of ids.

        `parts`: (first, behind the last, mask of who sees whom) of each text in the row. The first part
        is seen by all others, ahead of themselves.
        """
        steps = torch.arange(0, self.size, 2, dtype=torch.float32) / self.size
        angle = positions.float()[:, None] * self.theta ** -steps[None]
        cos, sin = angle.cos()[:, None].to(self.dtype), angle.sin()[:, None].to(self.dtype)
        x = self.embedding[ids]
        with torch.no_grad():
            for layer in self.layers[: self.first]:
                x = layer(x, cos, sin, parts)
        for layer in self.layers[self.first :]:
            x = layer(x, cos, sin, parts)
        x = x[wanted].float()
        x = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.out_norm.float()
        return F.linear(x.to(self.dtype), self.head).float()

    def linears(self):
        """(name in the GGUF file, linear map) of every map that carries an adapter."""
        return lora.linears(self.layers, LINEARS)
