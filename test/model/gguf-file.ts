import { writeFileSync } from 'node:fs'

/** A value of a GGUF header, and how it is written. */
export type Value =
  | { u32: number }
  | { i32s: number[] }
  | { f32: number }
  | { f32s: number[] }
  | { bool: boolean }
  | { text: string }
  | { texts: string[] }

/** 32-bit floats, `dimensions` from the fastest to the slowest. */
export interface Tensor {
  name: string
  dimensions: number[]
  values: Float32Array
}

const alignment = 32

const u32 = (n: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(n)
  return bytes
}
const u64 = (n: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(n))
  return bytes
}
const f32s = (values: number[]) => Buffer.from(Float32Array.from(values).buffer)
const text = (s: string) => {
  const bytes = Buffer.from(s)
  return Buffer.concat([u64(bytes.length), bytes])
}
const list = (type: number, count: number, items: Buffer[]) =>
  Buffer.concat([u32(9), u32(type), u64(count), ...items])

function valueBytes(value: Value): Buffer {
  if ('u32' in value) return Buffer.concat([u32(4), u32(value.u32)])
  if ('f32' in value) return Buffer.concat([u32(6), f32s([value.f32])])
  if ('bool' in value) return Buffer.concat([u32(7), Buffer.from([value.bool ? 1 : 0])])
  if ('text' in value) return Buffer.concat([u32(8), text(value.text)])
  if ('i32s' in value)
    return list(5, value.i32s.length, [Buffer.from(Int32Array.from(value.i32s).buffer)])
  if ('f32s' in value) return list(6, value.f32s.length, [f32s(value.f32s)])
  return list(8, value.texts.length, value.texts.map(text))
}

const padded = (bytes: Buffer) =>
  Buffer.concat([bytes, Buffer.alloc((alignment - (bytes.length % alignment)) % alignment)])

/** Writes a GGUF file, version 3: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
export function writeGguf(path: string, header: Record<string, Value>, tensors: Tensor[]): void {
  const entries = Object.entries({ 'general.alignment': { u32: alignment }, ...header })
  const data = tensors.map(({ values }) =>
    padded(Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
  )
  let offset = 0
  const about = tensors.map(({ name, dimensions }, i) => {
    const bytes = [text(name), u32(dimensions.length), ...dimensions.map(u64), u32(0), u64(offset)]
    offset += data[i]?.length ?? 0
    return Buffer.concat(bytes)
  })
  const head = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(entries.length)]
  const fields = entries.flatMap(([key, value]) => [text(key), valueBytes(value)])
  writeFileSync(
    path,
    Buffer.concat([padded(Buffer.concat([...head, ...fields, ...about])), ...data]),
  )
}
