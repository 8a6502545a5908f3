import LanyardDomain

// Compiled by tools/fuzz-badge-codes into one module with Sources/BadgeCodes, and no part of the package's tests.

/// A key that signs nothing here: whatever it verifies is forged.
private let ring: VerificationKeyRing = {
  do {
    return VerificationKeyRing([try VerificationKey(id: 7, rawRepresentation: [UInt8](repeating: 0, count: 31) + [1])])
  } catch {
    fatalError("there is no such key: \(error)")
  }
}()

/// What libFuzzer calls with whatever it invents. Beside what the sanitizers see, it looks at what must hold for any text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBadgeCode(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  guard let first = bytes.first else { return 0 }
  // Base32 hides from the fuzzer what a change of the text does to the payload, so half of the inputs are payloads.
  if first & 1 == 0 {
    read(String(decoding: bytes.dropFirst(), as: UTF8.self))
  } else {
    let signature = [UInt8](repeating: first, count: Ed25519.signatureLength)
    read(BadgeCodeText.text(payload: Array(bytes.dropFirst()), signature: signature))
  }
  return 0
}

private func read(_ text: String) {
  let code: UnverifiedBadgeCode
  do throws(BadgeCodeError) {
    code = try UnverifiedBadgeCode(reading: text)
  } catch {
    return
  }
  demand(code.text == BadgeCodeText.canonical(text), "a code has another spelling than its canonical one")
  demand(
    code.text == BadgeCodeText.text(payload: code.claim.encoded, signature: code.signature),
    "a payload has two encodings"
  )
  demand((try? UnverifiedBadgeCode(reading: code.text)) == code, "a code is not read again as itself")
  demand((try? ring.verify(code)) == nil, "a code that nobody signed is verified")
}

/// Ends the fuzzer with the input at hand.
private func demand(_ holds: Bool, _ otherwise: String) {
  guard holds else { fatalError(otherwise) }
}
