/// Labels of domain names in other scripts as letters of ASCII (RFC 3492).
enum Punycode {
  private static let (base, tMin, tMax, skew, damp, initialBias, initialN) = (36, 1, 26, 38, 700, 72, 0x80)

  /// The letters that stand for a text, without the prefix that domain names have; nil where it is too long for any label.
  static func encoded(_ text: some Collection<Unicode.Scalar>) -> String? {
    // A label has at most 63 bytes, and each scalar takes one at least: so no number here comes near its limit.
    guard text.count < 64 else { return nil }
    var output = text.filter(\.isASCII).map { UInt8($0.value) }
    let basic = output.count
    var (handled, n, delta, bias) = (basic, initialN, 0, initialBias)
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    while handled < text.count {
      let next = text.lazy.map { Int($0.value) }.filter { $0 >= n }.min() ?? n
      delta += (next - n) * (handled + 1)
      n = next
      for scalar in text {
        if scalar.value < n { delta += 1 }
        guard scalar.value == n else { continue }
        var (rest, k) = (delta, base)
        while true {
          let threshold = min(max(k - bias, tMin), tMax)
          if rest < threshold { break }
          output.append(digit(threshold + (rest - threshold) % (base - threshold)))
          rest = (rest - threshold) / (base - threshold)
          k += base
        }
        output.append(digit(rest))
        bias = adapted(delta, points: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func adapted(_ delta: Int, points: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / points
    var k = 0
    while delta > (base - tMin) * tMax / 2 {
      delta /= base - tMin
      k += base
    }
    return k + (base - tMin + 1) * delta / (delta + skew)
  }

  private static func digit(_ value: Int) -> UInt8 {
    value < 26 ? UInt8(ascii: "a") + UInt8(value) : UInt8(ascii: "0") + UInt8(value - 26)
  }
}
