import BadgeCodes
import LanyardDomain
import LanyardScanner

/// A genuine badge code.
func badgeCode(using random: inout some RandomNumberGenerator) throws -> String {
  let key = try SigningKey.generate(id: .random(in: 1...9, using: &random))
  let payload = try BadgePayload(
    keyID: key.id,
    serial: .random(in: 1 ... .max, using: &random),
    event: ["wsis-forum-2024-a", "e", "wsis20"].randomElement(using: &random) ?? "e",
    stakeholderGroup: .random(in: 0...9, using: &random),
    participation: Bool.random(using: &random) ? .onsite : .remote,
    validFrom: 1_716_768_000,
    validUntil: 1_717_199_999
  )
  return try key.sign(payload)
}

/// A US keyboard's keys of letters, figures and signs, and what they give under a layout: alone, then with shift.
private let keys: [KeyboardLayout: (plain: String, shifted: String)] = [
  .azerty: ("&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmù²wxcvbn,;:!", "1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%~WXCVBN?./§"),
  .qwertz: ("1234567890ß´qwertzuiopü+#asdfghjklöä^yxcvbnm,.-", "!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄ°YXCVBNM;:_"),
]
private let americanKeys = (
  plain: "1234567890-=qwertyuiop[]\\asdfghjkl;'`zxcvbnm,./", shifted: "!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"~ZXCVBNM<>?"
)

/// What a host with the layout makes of the keys that write the text on a US keyboard.
func typed(_ text: String, through layout: KeyboardLayout) -> String {
  guard let keys = keys[layout] else { return text }
  let pairs = zip(americanKeys.plain + americanKeys.shifted, keys.plain + keys.shifted)
  let table = Dictionary(pairs) { first, _ in first }
  return String(text.map { table[$0] ?? $0 })
}
