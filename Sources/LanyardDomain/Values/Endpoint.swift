/// Where a server is or listens, written `HOST:PORT`: a name, an IPv4 address, or an IPv6 address in brackets (RFC 3986,
/// section 3.2.2).
package struct Endpoint: Hashable, Sendable {
  /// Ports that can be called.
  package static let callable = 1...65_535
  /// Ports that can be listened on: 0 takes a free one.
  package static let listenable = 0...65_535
  /// The most characters of a host (RFC 1035, section 2.3.4).
  private static let hostLimit = 253

  /// Without brackets.
  package let host: String
  package let port: Int

  /// What is known to be a host and a port; else it traps.
  package init(host: String, port: Int) {
    precondition(Self.isHost(host) && Self.listenable.contains(port), "not a host and a port: \(host), \(port)")
    self.host = host
    self.port = port
  }

  /// An endpoint of this machine alone.
  package static func loopback(port: Int) -> Endpoint { Endpoint(host: "127.0.0.1", port: port) }

  /// Whether it is reached on the machine itself alone.
  package var isLoopback: Bool {
    let name = (host.hasSuffix(".") ? String(host.dropLast()) : host).lowercased()
    return name == "localhost" || Self.isIPv4(name) && name.hasPrefix("127.") || Self.isIPv6Loopback(name)
  }

  /// Whether a host is `::1`, however its zeros are written, or an address of 127.0.0.0/8 within IPv6 (RFC 4291, section 2.5).
  private static func isIPv6Loopback(_ host: String) -> Bool {
    guard host.utf8.contains(UInt8(ascii: ":")), isIPv6(host) else { return false }
    let groups = host.split(separator: ":")
    let zeros = groups.dropLast().drop { $0.allSatisfy { $0 == "0" } }
    guard let last = groups.last else { return false }
    let number = last.drop { $0 == "0" }
    return zeros.isEmpty && number == "1" && !host.hasSuffix(":")
      || zeros == ["ffff"] && isIPv4(String(last)) && last.hasPrefix("127.")
  }

  /// - Parameter option: What its sender calls it, such as `--server`; errors name it.
  package init(_ text: String, of option: String, ports: ClosedRange<Int> = callable) throws(InvalidInput) {
    let shown = String(text.prefix(80))
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else {
      throw InvalidInput(field: option, .endpoint(.noPort(text: shown)))
    }
    let (written, digits) = (text[..<colon], text[text.utf8.index(after: colon)...])
    guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy(Self.isDigit), let port = Int(digits),
      ports.contains(port)
    else {
      throw InvalidInput(
        field: option,
        .endpoint(.portOutOfRange(text: shown, low: ports.lowerBound, high: ports.upperBound))
      )
    }
    let isBracketed = written.hasPrefix("[") && written.hasSuffix("]")
    let host = String(isBracketed ? written.dropFirst().dropLast() : written)
    guard isBracketed || !host.utf8.contains(UInt8(ascii: ":")) else {
      throw InvalidInput(field: option, .endpoint(.bareIPv6(text: shown)))
    }
    guard isBracketed ? Self.isIPv6(host) : Self.isHost(host) else {
      throw InvalidInput(field: option, isBracketed ? .endpoint(.noIPv6(text: shown)) : .endpoint(.noHost(text: shown)))
    }
    (self.host, self.port) = (host, port)
  }

  private static func isHost(_ text: String) -> Bool {
    if text.utf8.contains(UInt8(ascii: ":")) { return isIPv6(text) }
    // As a resolver has it: a name may end with a point.
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    let named = labels.count > 1 && labels.last == "" ? labels.dropLast() : labels[...]
    guard (1...hostLimit).contains(text.utf8.count), let last = named.last else { return false }
    // What ends with a number is no name (RFC 1123, section 2.1).
    return last.utf8.allSatisfy(isDigit) ? isIPv4(text) : named.allSatisfy(isLabel)
  }

  private static func isLabel(_ text: Substring) -> Bool {
    let bytes = text.utf8
    let hyphen = UInt8(ascii: "-")
    return (1...63).contains(bytes.count) && bytes.first != hyphen && bytes.last != hyphen
      && bytes.allSatisfy { $0 == hyphen || $0 == UInt8(ascii: "_") || isDigit($0) || isLetter($0) }
  }

  private static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(isDigit) && UInt8(part) != nil
          && (part.utf8.count == 1 || part.utf8.first != UInt8(ascii: "0"))
      }
  }

  /// RFC 4291, section 2.2, with a zone (RFC 4007, section 11).
  private static func isIPv6(_ text: String) -> Bool {
    let zoned = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    guard text.utf8.count <= hostLimit, zoned.count == 1 || isZone(zoned[1]) else { return false }
    let address = String(zoned[0])
    let bytes = Array(address.utf8)
    let colon = UInt8(ascii: ":")
    // The one place where groups are left out, if any.
    let gaps = bytes.indices.dropLast().filter { bytes[$0] == colon && bytes[$0 + 1] == colon }
    guard gaps.count <= 1 else { return false }
    guard let gap = gaps.first else { return groups(bytes, mayEndInIPv4: true) == 8 }
    guard let before = groups(bytes[..<gap], mayEndInIPv4: false),
      let after = groups(bytes[(gap + 2)...], mayEndInIPv4: true)
    else { return false }
    return before + after <= 7
  }

  /// How many groups of 16 bits these are; nil where one is none.
  private static func groups(_ bytes: some Collection<UInt8>, mayEndInIPv4: Bool) -> Int? {
    guard !bytes.isEmpty else { return 0 }
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let endsInIPv4 = mayEndInIPv4 && parts.last.map { isIPv4(String(decoding: $0, as: UTF8.self)) } == true
    let plain = endsInIPv4 ? parts.dropLast() : parts[...]
    guard plain.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(isHexDigit) }) else { return nil }
    return plain.count + (endsInIPv4 ? 2 : 0)
  }

  private static func isZone(_ text: Substring) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { isDigit($0) || isLetter($0) || "-._~".utf8.contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }
}

extension Endpoint: CustomStringConvertible {
  /// As it is parsed.
  package var description: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension Endpoint: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    try self.init(
      container.decode(String.self),
      of: decoder.codingPath.last?.stringValue ?? "address",
      ports: Self.listenable
    )
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
