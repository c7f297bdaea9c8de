"""The commonest function words of each language: prose is full of them, labels and titles are not."""

from __future__ import annotations

_WORDS = """
en: the of and to in a is that it for was on with as are be by at this have from or had not but what all were when we
 there can an your which their said if do will each about how up out them then she many some so these would other into
 has more her two like him see could no than been its who did get made may over after our just where most my very he his
 they you i it's don't because while through also only any those such
de: der die das und ist in den von zu mit sich des auf für nicht ein eine als auch es an er hat aus bei sie nach wie im
 dem einen einer war sind wird werden haben dass wir ich noch um über so zum zur kann nur aber vor durch man wenn oder
 einem eines mehr sein seine ihre ihr bis am beim wurde schon doch was unter diese dieser
fr: le la les de des du un une et est en que qui dans pour pas sur au aux avec ce cette ces il elle ils nous vous je on
 ne se son sa ses par plus mais ou où leur leurs été sont ont être avoir fait comme tout
es: el la los las de del un una y es en que por para con no se su sus al lo como más pero o este esta estos ya ha han
 fue son muy sin sobre también entre cuando hay nos
pt: o a os as de do da dos das um uma e é em no na nos nas que por para com não se seu sua ao à mais mas ou como foi são
 também já há pelo pela ele ela isso
it: il lo la i gli le di del della dei delle un una e è in che per con non si su al alla da dal nel nella come più ma o
 sono ha hanno anche questo questa cui
nl: de het een en van in is dat op te zijn voor met die niet aan er om ook als dan maar bij uit naar door over ze hij
 wordt worden heeft hebben werd was nog wel
pl: i w z na do nie się że to jest o od za po jak przez dla oraz który która które ale co jego jej tym są był była czy
ru: и в не на что с по как это из за от но для его он она они мы вы к у же так бы о было при также или
uk: і в у не на що з по як це із за від але для його він вона вони ми ви до та й або при
cs: a v se na je že o s z do to ve pro jako by za po od ale si jsou byl byla které který k i
sv: och att det i en som på är av för med den till inte har de ett om var men jag han hon vi från så kan när
no: og å det i en som på er av for med den til ikke har de et om var men jeg han hun vi fra så kan når
tr: ve bir bu da de için ile çok daha olarak gibi olan ama ne var kadar sonra ki
id: yang dan di ke dari untuk dengan ini itu pada tidak adalah dalam akan oleh juga karena atau sebagai telah bisa
ar: في من على إلى أن عن مع هذا هذه التي الذي كان ما لا لم قد بعد أو كما بين
"""

# By language (ISO 639-1).
WORDS_OF: dict[str, tuple[str, ...]] = {
    language: tuple(words.split())
    for language, _, words in (row.partition(": ") for row in _WORDS.strip().replace("\n ", " ").split("\n"))
}
FUNCTION_WORDS = frozenset(word for words in WORDS_OF.values() for word in words)
