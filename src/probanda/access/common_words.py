"""Words that stand in names and in ordinary speech alike, and so give nobody away by themselves.

A person's name of several words is also masked word by word ("Ferrin" for "Colonel Osk Ferrin"), but
not for these: function words, titles and ranks, months and days, particles of names. Add a word when
masking it alone would make texts unreadable and protect nobody; one line for each kind and language.

Looks down to: access.letters. Used by: masking.
"""

from __future__ import annotations

from probanda.access.letters import fold

_WORDS = """
a an the and or but nor so yet if as at by for from in into of off on onto out over per than to up upon via with without
i he she it we you they me him her us them his hers its our your their who whom whose which what that this these those
is am are was were be been being has have had do does did will would shall should can could may might must not no yes
about above after again against all also any because before below between both down during each few further here how
just more most much now only other own same some such then there through too under until very when where while why
one two three four five six seven eight nine ten first second third last next new old many another every several
man men woman women child children people boy girl father mother son daughter brother sister wife husband family
say says said see saw seen go went gone get got make made take took come came know known day week month year time
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
mister mr mrs ms miss dr doctor prof professor sir lord lady king queen prince princess sheikh shaykh sheik imam father
judge minister president governor mayor senator ambassador chief director secretary spokesman spokesperson chairman
general marshal admiral colonel lieutenant major captain commander sergeant corporal private officer brigadier
brigade battalion regiment division army force forces guard police militia unit group court state city
north south east west
abu abou ibn bin bint ben umm abd abdul abdel abdal al el ed as van von der den del della dos das santa san saint mac
le la les l un une des du de d et ou mais donc or ni car que qui quoi dont ce cet cette ces mon ma mes ton ta tes
son sa ses notre nos votre vos leur leurs je tu il elle on nous vous ils elles se me te lui eux y en dans par
pour sans sous sur vers avec chez entre est sont fut ont avait avoir pas plus tout tous toute toutes autre
autres comme quand
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
lundi mardi mercredi jeudi vendredi samedi dimanche
monsieur madame mademoiselle docteur general colonel commandant capitaine lieutenant sergent juge
ministre president cheikh
من في على عن الى إلى حتى مع بين عند بعد قبل تحت فوق او أو ثم لا ما لم لن قد كان كانت هو هي هم هذا هذه ذلك تلك الذي التي
ان أن إن كل بعض غير كما لكن قال قالت ابن بن بنت ابو أبو ابي أبي ام أم آل عبد السيد السيدة الشيخ الدكتور الحاج
اللواء العميد العقيد المقدم الرائد النقيب الملازم القائد الرئيس الوزير القاضي لواء عميد عقيد مقدم رائد نقيب ملازم قائد
رئيس وزير قاضي شيخ دكتور حاج كتيبة لواء جيش قوات شرطة
"""

COMMON = frozenset(fold(word) for word in _WORDS.split())
"""The words, folded."""
