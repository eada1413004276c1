"""The sentence encoder in PyTorch: weights read from its GGUF file, low-rank adapters on top."""

import lora
import torch
import torch.nn.functional as F
from lora import Adapted
from torch import nn

LINEARS = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_up", "ffn_down")
DROPOUT = 0.1


class Layer(nn.Module):
    def __init__(self, tensors, i: int, rank: int, heads: int, eps: float):
        super().__init__()
        self.heads, self.eps = heads, eps
        for name in LINEARS:
            at = f"blk.{i}.{name}"
            setattr(self, name, Adapted(tensors[f"{at}.weight"], rank, tensors[f"{at}.bias"]))
        for name in ("attn_output_norm", "layer_output_norm"):
            for part in ("weight", "bias"):
                self.register_buffer(f"{name}_{part}", tensors[f"blk.{i}.{name}.{part}"])

    def norm(self, x, name):
        weight, bias = getattr(self, f"{name}_weight"), getattr(self, f"{name}_bias")
        return F.layer_norm(x, weight.shape, weight, bias, self.eps)

    def forward(self, x, mask):
        rows, length, width = x.shape

        def split(y):
            return y.view(rows, length, self.heads, -1).transpose(1, 2)

        q, k, v = split(self.attn_q(x)), split(self.attn_k(x)), split(self.attn_v(x))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        out = self.attn_output(seen.transpose(1, 2).reshape(rows, length, width))
        x = self.norm(x + F.dropout(out, DROPOUT, self.training), "attn_output_norm")
        out = self.ffn_down(F.gelu(self.ffn_up(x)))
        return self.norm(x + F.dropout(out, DROPOUT, self.training), "layer_output_norm")


class Encoder(nn.Module):
    """BERT from a GGUF file, all its layers with adapters."""

    def __init__(self, path: str, rank: int):
        super().__init__()
        field, tensors = lora.read(path)
        self.eps = field("bert.attention.layer_norm_epsilon")
        self.register_buffer("tokens", tensors["token_embd.weight"])
        self.register_buffer("places", tensors["position_embd.weight"] + tensors["token_types.weight"][0])
        self.register_buffer("norm_weight", tensors["token_embd_norm.weight"])
        self.register_buffer("norm_bias", tensors["token_embd_norm.bias"])
        heads = field("bert.attention.head_count")
        self.layers = nn.ModuleList(
            Layer(tensors, i, rank, heads, self.eps) for i in range(field("bert.block_count"))
        )

    def forward(self, texts: list[list[int]]):
        """Unit vectors (len(texts), 384): the mean over the tokens of each text."""
        length = max(map(len, texts))
        ids = torch.tensor([text + [0] * (length - len(text)) for text in texts])
        real = torch.tensor([[1.0] * len(text) + [0.0] * (length - len(text)) for text in texts])
        x = F.embedding(ids, self.tokens) + self.places[:length]
        x = F.layer_norm(x, self.norm_weight.shape, self.norm_weight, self.norm_bias, self.eps)
        x = F.dropout(x, DROPOUT, self.training)
        for layer in self.layers:
            x = layer(x, real.bool()[:, None, None, :])
        return F.normalize((x * real[:, :, None]).sum(1), dim=-1)

    def linears(self):
        """(name in the GGUF file, linear map) of every map that carries an adapter."""
        return lora.linears(self.layers, LINEARS)
