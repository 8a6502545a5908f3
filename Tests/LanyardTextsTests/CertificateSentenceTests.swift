import LanyardCertificates
import LanyardDomain
import LanyardTexts
import Testing

@Suite("What is wrong with a certificate")
struct CertificateSentenceTests {
  @Test("Has a sentence of its own for each error, in every language", arguments: Language.allCases)
  func errors(language: Language) {
    let errors: [CertificateError] = [
      .commonName, .subjectName("a b"), .noSubjectNames, .validity, .unreadable(.certificate), .unreadable(.privateKey),
      .unreadable(.request), .keyMismatch, .notAuthority, .authorityExpired, .forgedRequest, .unsupportedKey,
      .encryptedKey, .notServerFirst, .unsupportedServerKey, .notForServers, .backendFailure,
    ]
    let texts = errors.map { Phrasebook.of(language).text($0.sentence) }
    #expect(Set(texts).count == errors.count)
    for text in texts { #expect(text.hasSuffix(".") || text.hasSuffix("。")) }
  }

  @Test("Names all three moments where the clock is wrong")
  func clock() {
    let fault = ServerTrust.Fault.time(notBefore: 1_716_710_400, notAfter: 1_717_574_400, now: 1_716_624_000)
    let text = Phrasebook.of(.english).text(fault.sentence)
    for moment in ["2024-05-26 08:00", "2024-06-05 08:00", "2024-05-25 08:00"] { #expect(text.contains(moment)) }
  }

  @Test("Is told within the sentence where a server presents what cannot be read", arguments: Language.allCases)
  func unusable(language: Language) {
    let phrasebook = Phrasebook.of(language)
    let text = phrasebook.text(ServerTrust.Fault.unusable(.unreadable(.certificate)).sentence)
    #expect(text.contains(phrasebook.text(CertificateError.unreadable(.certificate).sentence)))
  }
}
