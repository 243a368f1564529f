"""Words of agreement mean the same in every language, and what is not plain is no agreement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Agreed
from bot.parse import agreement_words as words

AGREED, NOT_AGREED, UNKNOWN = Agreed.AGREED, Agreed.NOT_AGREED, Agreed.UNKNOWN
DATA = json.loads((Path(words.__file__).parent / "data" / "agreement_words.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "I agree", "Agreed?", "UCoC", "CoC", "friendly space", "Friendly space policy", "Agree to UCoC? (yes/no)",
        "Do you agree to abide by the Universal Code of Conduct and the Friendly Space Policy?", "Acepto", "De acuerdo?",
        "Acepto el código de conducta (sí/no)", "J’accepte", "J'ai lu et j'accepte le code de conduite", "Zustimmung",
        "Zustimmung zum Verhaltenskodex", "Aceito o código de conduta", "Accetto", "Akkoord met gedragscode",
        "Akceptuję kodeks postępowania", "Godkänner uppförandekoden", "Согласие с правилами поведения", "Згоден",
        "أوافق على مدونة السلوك", "موافقت با آیین‌نامه رفتاری", "מסכים לקוד ההתנהגות", "मैं आचार संहिता से सहमत हूँ",
        "আচরণবিধিতে সম্মত", "Setuju dengan kode etik", "Nakubali kanuni za maadili",
        "Davranış kurallarını kabul ediyorum", "Tôi đồng ý với quy tắc ứng xử", "行動規範に同意する", "행동 강령에 동의합니다",
        "同意行为准则",
    ],
)  # fmt: skip
def test_headings_that_ask_for_agreement(text: str) -> None:
    assert words.heading(text) is AGREED


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("Username", None, id="another column"),
        pytest.param("നടത്ത CoC", None, id="a word beside the policy that nobody knows"),
        pytest.param("Terms", None, id="no policy about conduct"),
        pytest.param("I agree to the privacy policy", None, id="another policy"),
        pytest.param("I agree to be photographed", None, id="another matter"),
        pytest.param("Accepted", None, id="organizers accept people"),
        pytest.param("Consent", None, id="consent to what"),
        pytest.param("Code of conduct contact", None, id="a task"),
        pytest.param("UCoC training", None, id="a course"),
        pytest.param("Paper on the code of conduct", None, id="a subject"),
        pytest.param("Disagree", None, id="the contrary alone"),
        pytest.param("I do not agree to the UCoC", UNKNOWN, id="a yes would be a no"),
        pytest.param("Have you read the UCoC?", UNKNOWN, id="who read it need not agree"),
        pytest.param("Read the articles", None, id="reading something else"),
    ],
)
def test_other_headings(text: str, meant: Agreed | None) -> None:
    assert words.heading(text) is meant


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        pytest.param(
            "yes|Yes!|y|OK|✓|✔️|✅ yes|👍|+|+1|agree|I agree|Agreed.|yes, I agree|I agree to follow the UCoC|true|"
            "I have read and agree to the Universal Code of Conduct and the Friendly space policy",
            AGREED,
            id="en yes",
        ),
        pytest.param(
            "sí|acepto|Sí, acepto|oui|d'accord|j'accepte|ja|stimme zu|sim|aceito|accetto|akkoord|zgadzam się|да|"
            "согласен|згодна|نعم|موافق|بله|כן|מסכים|हाँ|सहमत|হ্যাঁ|সম্মত|ஆம்|అవును|അതെ|ಹೌದು|ਹਾਂ|હા|ya|setuju|ndiyo|"
            "nakubali|evet|kabul ediyorum|có|đồng ý|はい|同意します|예|동의합니다|是|同意",
            AGREED,
            id="yes in other languages",
        ),
        pytest.param("|-|—|..|no|No|n|✗|❌|☐|not yet|I do not agree|disagree|none|false", NOT_AGREED, id="en no"),
        pytest.param(
            "todavía no|no acepto|je n'accepte pas|pas d'accord|nein|noch nicht|não|não concordo|non accetto|nee|"
            "nie zgadzam się|нет|не согласен|لا|غير موافق|خیر|לא מסכים|नहीं|सहमत नहीं|না|সম্মত নই|இல்லை|లేదు|ഇല്ല|"
            "tidak setuju|sikubali|kabul etmiyorum|không đồng ý|いいえ|同意しません|동의하지 않습니다|不同意",
            NOT_AGREED,
            id="no in other languages",
        ),
        pytest.param(
            "?|x|X|1|🙂|maybe|partly|I agree partly|will agree|agree, but later|I agree with Bo|yes and no|yes/no|✅ no|"
            "n/a|pending|asked|yes (with changes)|I would like to talk|agree?|" + "I agree " * 200,
            UNKNOWN,
            id="neither",
        ),
    ],
)
def test_answers(texts: str, meant: Agreed) -> None:
    separator = "|"
    assert {text: words.answer(text) for text in texts.split(separator)} == dict.fromkeys(texts.split(separator), meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("I agree to the UCoC", AGREED, id="plain"),
        pytest.param("+1 agree to the friendly space policy", AGREED, id="plus one"),
        pytest.param("– UCoC: agreed", AGREED, id="the policy first"),
        pytest.param("I have read the UCoC and agree.", AGREED, id="in two parts"),
        pytest.param("I agree to the UCoC and look forward to it!", AGREED, id="with more to say"),
        pytest.param("Ich stimme dem Verhaltenskodex zu", AGREED, id="de"),
        pytest.param("Estoy de acuerdo con el código de conducta", AGREED, id="es"),
        pytest.param("Saya setuju dengan kode etik", AGREED, id="id"),
        pytest.param("I do not agree to the UCoC", NOT_AGREED, id="not"),
        pytest.param("Je n'accepte pas le code de conduite", NOT_AGREED, id="fr not"),
        pytest.param("Tôi không đồng ý với quy tắc ứng xử", NOT_AGREED, id="vi not"),
        pytest.param("Do I agree to the UCoC?", UNKNOWN, id="a question"),
        pytest.param("I agree to the UCoC, but only to its first part", UNKNOWN, id="with a reservation"),
        pytest.param("I agree to the UCoC if it rains", UNKNOWN, id="with a condition"),
        pytest.param("I agree to speak about the code of conduct", UNKNOWN, id="to something else about it"),
        pytest.param("I agree to the UCoC, no photos please", UNKNOWN, id="a no beside it"),
        pytest.param("My topic is the code of conduct. I arrive late. Agreed.", UNKNOWN, id="far from each other"),
        pytest.param("I agree", None, id="without a policy"),
        pytest.param("interested in the UCoC", None, id="without agreement"),
        pytest.param("I agree to the UCoC. " * 100, UNKNOWN, id="far too long to be sure"),
    ],
)
def test_remarks(text: str, meant: Agreed | None) -> None:
    assert words.remark(text) is meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("By signing below you agree to the Universal Code of Conduct.", AGREED, id="en"),
        pytest.param("Sign below. By adding your name, you agree to the UCoC. Thanks!", AGREED, id="in one sentence"),
        pytest.param("By registering you agree to the UCoC and the privacy policy.", AGREED, id="to other things, too"),
        pytest.param("I have read and agree to the Friendly space policy:", AGREED, id="in the first person"),
        pytest.param("Your registration means that you accept our code of conduct.", AGREED, id="accepting"),
        pytest.param("Al firmar aceptas el código universal de conducta.", AGREED, id="es"),
        pytest.param("En signant, vous acceptez le code de conduite.", AGREED, id="fr"),
        pytest.param("Mit deiner Unterschrift stimmst du dem Verhaltenskodex zu.", AGREED, id="de"),
        pytest.param(
            "Ao se inscrever no evento, você aceita o código de conduta.", AGREED, id="pt, where no is in the"
        ),
        pytest.param("स्वाक्षरी करून आपण आचारसंहिता मान्य करता.", AGREED, id="mr"),
        pytest.param("By signing below you agree to receive mails about the UCoC.", UNKNOWN, id="to something else"),
        pytest.param("By registering on the form you agree to the UCoC.", UNKNOWN, id="by signing elsewhere"),
        pytest.param("Last year, by signing up you agreed to the UCoC.", UNKNOWN, id="in the past"),
        pytest.param("By signing up, you do not yet agree to the UCoC.", UNKNOWN, id="not"),
        pytest.param("Please write that you agree to the code of conduct.", UNKNOWN, id="asked for"),
        pytest.param("You must agree to the UCoC to take part.", UNKNOWN, id="a must"),
        pytest.param("Do you agree with the UCoC?", UNKNOWN, id="a question"),
        pytest.param("Bitte bestätigt, dass ihr dem Verhaltenskodex zustimmt.", UNKNOWN, id="de asked for"),
        pytest.param("By signing below you agree to the UCoC" + " and this" * 150, UNKNOWN, id="too long"),
        pytest.param("By signing below you agree to come. Read the UCoC.", None, id="in two sentences"),
        pytest.param("The board agreed to the code of conduct.", None, id="told of others"),
        pytest.param("You need not agree to the UCoC.", None, id="no need"),
        pytest.param("This event follows the UCoC.", None, id="a notice"),
        pytest.param("By signing below you agree to the rules of chess.", None, id="no policy"),
    ],
)
def test_conditions(text: str, meant: Agreed | None) -> None:
    assert words.condition(text) is meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("I agree to the friendly space policy", AGREED, id="en"),
        pytest.param("Participants who agree to the code of conduct", AGREED, id="who"),
        pytest.param("By signing below you agree to the UCoC", AGREED, id="a condition"),
        pytest.param("Acepto la política de espacios amigables", AGREED, id="es"),
        pytest.param("我同意通用行为准则", AGREED, id="zh"),
        pytest.param("I do not agree to the UCoC", NOT_AGREED, id="not"),
        pytest.param("Do you agree to the UCoC?", UNKNOWN, id="a question"),
        pytest.param("Should we agree to a new code of conduct?", None, id="a discussion"),
        pytest.param("Accepted papers on the code of conduct", None, id="a programme"),
        pytest.param("Friendly space policy", None, id="the policy alone"),
        pytest.param("I agree", None, id="agreement alone"),
        pytest.param("Friendly space team: we agree to help", None, id="a team"),
    ],
)
def test_headings_of_lists(text: str, meant: Agreed | None) -> None:
    assert words.list_heading(text) is meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Yes", AGREED), ("aye", AGREED), ("Check mark", AGREED), ("cross", NOT_AGREED), ("Not done", NOT_AGREED), ("X", NOT_AGREED), ("flag", None)],
)  # fmt: skip
def test_templates(name: str, meant: Agreed | None) -> None:
    assert words.template(name) is meant


def test_every_language_has_all_kinds_of_phrases() -> None:
    languages = set(DATA["agree"])
    assert len(languages) >= 30
    for use in ("first", "signing", "asking", "not"):
        assert set(DATA[use]) == languages


ANY = st.text() | st.lists(
    st.sampled_from([entry for use in ("agree", "not", "signing") for found in DATA[use].values() for entry in found])
    | st.sampled_from(["UCoC", "Verhaltenskodex", "आचार संहिता", "行動規範", ",", "?", "and", "yes"])
).map(" ".join)


@given(ANY)
def test_nothing_raises_and_what_is_in_doubt_is_never_agreed(text: str) -> None:
    for question in (words.remark, words.condition, words.answer):
        assert question(f"{text} ???") is not AGREED
    assert words.heading(text) in {None, AGREED, UNKNOWN}
    assert words.list_heading(text) in {None, AGREED, NOT_AGREED, UNKNOWN}


@given(st.lists(st.sampled_from(["I", "you", "all", "the UCoC", "by signing", "below", "yes", "ok", ",", "."])))
def test_nobody_agrees_without_a_word_of_agreement(said: list[str]) -> None:
    text = " ".join(said)
    assert words.remark(text) is None
    assert words.condition(text) is None
    assert words.list_heading(text) is None
