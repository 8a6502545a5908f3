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

/// A US keyboard's keys of letters, figures and signs, and what they give under a layout, as Debian's xkb-data has it:
/// alone, then with shift.
private let keys: [KeyboardLayout: (plain: String, shifted: String)] = [
  .azerty: (
    "&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmù²wxcvbn,;:!",
    "1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%~WXCVBN?./§"
  ),
  .qwertz: (
    "1234567890ß´qwertzuiopü+#asdfghjklöä^yxcvbnm,.-",
    "!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄ°YXCVBNM;:_"
  ),
  .czech: (
    "+ěščřžýáíé=´qwertzuiopú)¨asdfghjklů§;yxcvbnm,.-",
    "1234567890%ˇQWERTZUIOP/('ASDFGHJKL\"!°YXCVBNM?:_"
  ),
  .czechQwerty: (
    "+ěščřžýáíé=´qwertyuiopú)¨asdfghjklů§;zxcvbnm,.-",
    "1234567890%ˇQWERTYUIOP/('ASDFGHJKL\"!°ZXCVBNM?:_"
  ),
  .slovak: (
    "+ľščťžýáíé=´qwertzuiopúäňasdfghjklô§;yxcvbnm,.-",
    "1234567890%ˇQWERTZUIOP/()ASDFGHJKL\"!°YXCVBNM?:_"
  ),
  .slovakQwerty: (
    "+ľščťžýáíé=´qwertyuiopúäňasdfghjklô§;zxcvbnm,.-",
    "1234567890%ˇQWERTYUIOP/()ASDFGHJKL\"!°ZXCVBNM?:_"
  ),
  .hungarian: (
    "123456789öüóqwertzuiopőúűasdfghjkléá0yxcvbnm,.-",
    "'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁ§YXCVBNM?:_"
  ),
  .hungarianQwerty: (
    "123456789öüóqwertyuiopőúűasdfghjkléáízxcvbnm,.-",
    "'\"+!%/=()ÖÜÓQWERTYUIOPŐÚŰASDFGHJKLÉÁÍZXCVBNM?:_"
  ),
  .turkishQ: (
    "1234567890*-qwertyuıopğü,asdfghjklşi\"zxcvbnmöç.",
    "!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİéZXCVBNMÖÇ:"
  ),
  .turkishF: (
    "1234567890/-fgğıodrnhpqwxuieaütkmlyş+jövcçzsb.,",
    "!\"^$%&'()=?_FGĞIODRNHPQWXUİEAÜTKMLYŞ*JÖVCÇZSB:;"
  ),
  .russian: (
    "1234567890-=йцукенгшщзхъ\\фывапролджэёячсмитьбю.",
    "!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЁЯЧСМИТЬБЮ,"
  ),
  .greek: (
    "1234567890-=;ςερτυθιοπ[]\\ασδφγηξκλ´'`ζχψωβνμ,./",
    "!@#$%^&*()_+:ΣΕΡΤΥΘΙΟΠ{}|ΑΣΔΦΓΗΞΚΛ¨\"~ΖΧΨΩΒΝΜ<>?"
  ),
  .dvorak: (
    "1234567890[]',.pyfgcrl/=\\aoeuidhtns-`;qjkxbmwvz",
    "!@#$%^&*(){}\"<>PYFGCRL?+|AOEUIDHTNS_~:QJKXBMWVZ"
  ),
]
private let americanKeys = (
  plain: "1234567890-=qwertyuiop[]\\asdfghjkl;'`zxcvbnm,./", shifted: "!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"~ZXCVBNM<>?"
)

/// What a host with the layout makes of the keys that write the text on a US keyboard.
func typed(_ text: String, through layout: KeyboardLayout) -> String {
  guard let keys = keys[layout] else { return wide(text) }
  let pairs = zip(americanKeys.plain + americanKeys.shifted, keys.plain + keys.shifted)
  let table = Dictionary(pairs) { first, _ in first }
  return String(text.map { table[$0] ?? $0 })
}

/// The text in the full width of East Asia.
private func wide(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
}
