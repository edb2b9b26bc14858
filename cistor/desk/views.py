from django.shortcuts import render


def desk(request):
    return render(request, "desk/desk.html")
